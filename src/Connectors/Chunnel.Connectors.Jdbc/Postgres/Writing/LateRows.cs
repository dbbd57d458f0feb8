using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// Rows that the server refused when it looked at deferred constraints, each tried by itself: another one that has been written since may have made
/// it right.
/// </summary>
/// <param name="deferred">The constraints.</param>
/// <param name="keepsOrder">Rows must not be written behind those that came later: when one has become right, nobody can say what to do with it.</param>
/// <param name="tryAsync">Writes members by themselves, or takes them back and tells what the server said.</param>
internal sealed class LateRows(PgDeferred deferred, bool keepsOrder, Func<int[], CancellationToken, ValueTask<PostgresException?>> tryAsync)
{
    /// <summary>So many missing keys of one table are left out; more is the end of the job, for it takes a try each.</summary>
    private const int MostTries = 1000;

    /// <summary>Tries them together and by halves, as long as some are taken. Returns those that are not.</summary>
    /// <exception cref="PostgresException">One has become right and would have to be written out of order, or too many refer to rows that are not there.</exception>
    public async ValueTask<List<(int Member, PostgresException Fault)>> SettleAsync(List<(int Member, PostgresException Fault)> late, CancellationToken stop)
    {
        var left = late;
        while (left.Count > 0)
        {
            int[] members = [.. left.Select(one => one.Member)];
            var refused = new List<(int At, PostgresException Fault)>();
            if (await tryAsync(members, stop) is { } fault)
                await new Halving((from, to, ended) => tryAsync(members[from..to], ended)).FindAsync(0, members.Length, fault, refused, stop);
            if (refused.Count == left.Count) return await WithoutCirclesAsync(left, stop);
            if (keepsOrder) throw left[0].Fault;
            left = [.. refused.Select(one => (members[one.At], one.Fault))];
        }
        return left;
    }

    /// <summary>
    /// Rows of one table may be right only together, and others that are wrong stood in their way: these are left out, one missing key at a time,
    /// until what is left is right or nothing is.
    /// </summary>
    private async ValueTask<List<(int Member, PostgresException Fault)>> WithoutCirclesAsync(List<(int Member, PostgresException Fault)> left, CancellationToken stop)
    {
        var circle = left.Where(one => deferred.IsWithinTable(one.Fault.ConstraintName)).ToList();
        for (var tries = 0; circle.Count > 1; tries++)
        {
            if (tries == MostTries) throw circle[0].Fault;
            if (await tryAsync([.. circle.Select(one => one.Member)], stop) is not { } fault) return keepsOrder ? throw circle[0].Fault : [.. left.Except(circle)];
            if (circle.RemoveAll(one => one.Fault.ConstraintName == fault.ConstraintName && one.Fault.Detail == fault.Detail) == 0) break;
        }
        return left;
    }
}
