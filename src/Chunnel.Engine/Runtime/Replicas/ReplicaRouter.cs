using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// Which replica gets which rows (spec engine.md 5.4): those of a table with a primary key by the key, so that the rows of one key stay in
/// order; batches of a table without one in turn, as long as they are inserts. Changes of such a table have no key to keep them in order,
/// so from the first one on all of its rows go one way.
/// </summary>
internal sealed class ReplicaRouter(int replicas)
{
    private readonly Dictionary<string, TableRoute> _routes = new(StringComparer.Ordinal);
    private ulong[] _hashes = [];
    private int _turn;

    /// <summary>True when what is under way must be written before this batch is routed.</summary>
    public bool NeedsDrain(ColumnBatch batch) => RouteOf(batch.Schema) is { Key: null, Pinned: null } && !batch.Kinds.IsEmpty;

    /// <summary>Cuts the batch into parts, each with its replica. Takes the batch over; the parts are the caller's.</summary>
    public IReadOnlyList<(int Replica, ColumnBatch Part)> Route(ColumnBatch batch)
    {
        var route = RouteOf(batch.Schema);
        if (route.Key is { } key) return Split(batch, key);
        if (route.Pinned is null && !batch.Kinds.IsEmpty) route.Pinned = Next();
        return [(route.Pinned ?? Next(), batch)];
    }

    private List<(int Replica, ColumnBatch Part)> Split(ColumnBatch batch, int[] key)
    {
        if (_hashes.Length < batch.Rows) _hashes = new ulong[batch.Rows];
        KeyHash.Fill(batch, key, _hashes.AsSpan(0, batch.Rows));
        var counts = new int[replicas];
        for (var i = 0; i < batch.Selected; i++) counts[ReplicaOf(batch.RowAt(i))]++;
        var whole = Array.IndexOf(counts, batch.Selected);
        if (whole >= 0) return [(whole, batch)];
        var parts = new List<(int, ColumnBatch)>(replicas);
        using (batch)
        {
            try
            {
                for (var replica = 0; replica < replicas; replica++)
                {
                    if (counts[replica] > 0) parts.Add((replica, Select(batch, replica, counts[replica])));
                }
            }
            catch
            {
                foreach (var (_, part) in parts) part.Dispose();
                throw;
            }
        }
        return parts;
    }

    private ColumnBatch Select(ColumnBatch batch, int replica, int count)
    {
        var buffer = ColumnBuffer.Rent<ushort>(batch.Memory, count);
        var selection = buffer.As<ushort>();
        var at = 0;
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (ReplicaOf(row) == replica) selection[at++] = (ushort)row;
        }
        return batch.WithSelection(buffer, count);
    }

    private int ReplicaOf(int row) => (int)(_hashes[row] % (ulong)replicas);

    private int Next() => _turn++ % replicas;

    private TableRoute RouteOf(TableSchema table)
    {
        if (_routes.TryGetValue(table.TableId, out var route) && ReferenceEquals(route.Schema, table)) return route;
        return _routes[table.TableId] = new TableRoute(table, KeyOf(table)) { Pinned = route?.Pinned };
    }

    private static int[]? KeyOf(TableSchema table)
    {
        if (table.PrimaryKey is not { Columns.Count: > 0 } key) return null;
        int[] columns = [.. key.Columns.Select(table.IndexOf)];
        return columns.Contains(-1) ? null : columns;
    }

    private sealed record TableRoute(TableSchema Schema, int[]? Key)
    {
        public int? Pinned { get; set; }
    }
}
