-- Version 13: articles of help centres, which people read in a browser.

-- Where; none of a file.
ALTER TABLE article ADD COLUMN url TEXT;
