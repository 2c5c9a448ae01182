
_asked = _take(@NODES@)  # feature of each question
_limits = array("f", _take(4 * @NODES@))
_next = array("H", _take(4 * @NODES@))  # of each: where not above the limit, where above; 32768 on: a question
_shares = array("f", _take(4 * @SHARES@))  # of the labels, in answers of more than one
del _data


def infer(samples):
    """The share of each label: the mean of the trees' answers."""
    x = features(samples)
    n = len(LABELS)
    shares = array("f", [0] * n)
    for node in (@ROOTS@,):
        while node & 32768:
            node &= 32767
            node = _next[2 * node + (x[_asked[node]] > _limits[node])]
        if node < n:
            shares[node] += 1
        else:
            for label in range(n):
                shares[label] += _shares[(node - n) * n + label]
    for label in range(n):
        shares[label] /= @TREES@
    return list(shares)
