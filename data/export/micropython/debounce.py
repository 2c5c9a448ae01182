

class Debounce:
    """Makes one answer of several: the most frequent of the first n within span_ms, then none until it was quiet for
    that long."""

    def __init__(self, n, span_ms):
        self._n, self._span_ms = n, span_ms
        self._answers = []
        self._last, self._is_answered = 0, False

    def feed(self, time_ms, label):
        if self._is_answered and time_ms - self._last >= self._span_ms:
            self._is_answered = False
        if label is None:
            return None
        self._last = time_ms
        if self._is_answered:
            return None
        answers = self._answers
        answers.append((time_ms, label))
        while time_ms - answers[0][0] >= self._span_ms and len(answers) > 1:
            answers.pop(0)
        if len(answers) < self._n:
            return None
        labels = [a[1] for a in answers[: self._n]]
        answers.clear()
        self._is_answered = True
        return max(labels, key=labels.count)
