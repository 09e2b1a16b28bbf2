mod cli;
mod feedback;
mod import;
mod keys;
mod kill;
mod rebuild;
mod sample;
mod seen;
