


def recognise(samples):
    """The label, None where it is none, and its probability."""
    outputs = infer(samples)
    best = outputs.index(max(outputs))
    probability = @PROBABILITY@
    if probability < THRESHOLDS[best] or LABELS[best] == OTHER:
        return None, probability
    return LABELS[best], probability
