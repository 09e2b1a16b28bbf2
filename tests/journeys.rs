mod cli;
mod feedback;
mod import;
mod kill;
mod rebuild;
mod sample;
mod seen;
