namespace Chunnel.Transforms.Tables;

/// <summary>Finds the rows that code of a plug-in fails on, when it works on many at once and failed on them together: by halves.</summary>
/// <param name="attempt">Runs the code on so many rows from a start; what was wrong, or null when nothing was.</param>
internal sealed class FailingRows<TFailure>(Func<int, int, TFailure?> attempt) where TFailure : class
{
    private readonly List<(int Row, TFailure Why)> _found = [];

    /// <summary>The rows that fail by themselves, rising, each with what was wrong.</summary>
    public static IReadOnlyList<(int Row, TFailure Why)> Find(int rows, TFailure why, Func<int, int, TFailure?> attempt)
    {
        var search = new FailingRows<TFailure>(attempt);
        search.Search(0, rows, why);
        return search._found;
    }

    private void Search(int start, int count, TFailure why)
    {
        if (count == 1)
        {
            _found.Add((start, why));
            return;
        }
        var half = count / 2;
        if (attempt(start, half) is { } inFirst) Search(start, half, inFirst);
        if (attempt(start + half, count - half) is { } inSecond) Search(start + half, count - half, inSecond);
    }
}
