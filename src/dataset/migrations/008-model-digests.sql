-- What a model is made of has a digest (dataset/model-digest.h): a damaged one is not used.
ALTER TABLE models ADD COLUMN digest BLOB;
UPDATE models SET digest = waggle_model_digest(kind, preset, meta, data);
