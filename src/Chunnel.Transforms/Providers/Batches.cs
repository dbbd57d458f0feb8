using Chunnel.Core;

namespace Chunnel.Transforms.Providers;

/// <summary>Asks about the rows of a batch some at a time, several requests in flight.</summary>
internal static class Batches
{
    /// <summary>What came back about each row that counts, in their order. The batch stays its owner's if all went well; else it is let go.</summary>
    /// <param name="batch">Whose rows they are.</param>
    /// <param name="rows">How many a request is about.</param>
    /// <param name="parallel">How many requests are in flight at once.</param>
    /// <param name="ask">Asks about rows from one on, and gives back one thing for each.</param>
    /// <param name="stop">Ends it at once.</param>
    public static async Task<T[]> AskAsync<T>(ColumnBatch batch, int rows, int parallel, Func<ColumnBatch, int, int, CancellationToken, Task<IReadOnlyList<T>>> ask, CancellationToken stop)
    {
        try
        {
            var all = new T[batch.Selected];
            var requests = (batch.Selected + rows - 1) / rows;
            await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = stop }, async (request, either) =>
            {
                var first = request * rows;
                var answers = await ask(batch, first, Math.Min(rows, batch.Selected - first), either);
                for (var i = 0; i < answers.Count; i++) all[first + i] = answers[i];
            });
            return all;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }
}
