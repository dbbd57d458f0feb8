using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Finds what the server refuses of a range that it has refused as a whole, by halves; what it takes is written on the way.</summary>
/// <param name="tryAsync">Writes a range by itself, or takes it back and tells what the server said.</param>
internal sealed class Halving(Func<int, int, CancellationToken, ValueTask<PostgresException?>> tryAsync)
{
    /// <summary>Adds the members that are refused by themselves, each with what the server said of it.</summary>
    public async ValueTask FindAsync(int from, int to, PostgresException fault, List<(int Member, PostgresException Fault)> refused, CancellationToken stop)
    {
        if (to - from == 1)
        {
            refused.Add((from, fault));
            return;
        }
        var middle = from + (to - from) / 2;
        foreach (var (start, end) in new[] { (from, middle), (middle, to) })
        {
            if (await tryAsync(start, end, stop) is { } again) await FindAsync(start, end, again, refused, stop);
        }
    }
}
