namespace Chunnel.Transforms.Providers;

/// <summary>Asks about many things some at a time, several requests in flight.</summary>
internal static class Batches
{
    /// <summary>What came back about each, in their order.</summary>
    /// <param name="count">How many they are.</param>
    /// <param name="size">How many a request is about.</param>
    /// <param name="parallel">How many requests are in flight at once.</param>
    /// <param name="ask">Asks about some, from one on, and gives back one thing for each.</param>
    /// <param name="stop">Ends it at once.</param>
    public static async Task<T[]> AskAsync<T>(int count, int size, int parallel, Func<int, int, CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken stop)
    {
        var all = new T[count];
        var requests = (count + size - 1) / size;
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stop }, async (request, either) =>
        {
            var first = request * size;
            var answers = await ask(first, Math.Min(size, count - first), either);
            for (var i = 0; i < answers.Count; i++) all[first + i] = answers[i];
        });
        return all;
    }
}
