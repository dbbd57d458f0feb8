using System.Buffers.Binary;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>Sorts the rows of a batch by the folders that they go to.</summary>
internal sealed class PartitionRouter(FileSinkColumns columns, PartitionFolders folders)
{
    // Beyond this many known folders the memory of them is dropped: it only saves making their names again.
    private const int MostKnown = 10_000;

    private readonly Dictionary<byte[], Route> _known = new(new BytesComparer());
    private readonly ByteWriter _text = new();
    private readonly ByteWriter _key = new(256);
    private readonly List<Route> _routes = [];
    private int[] _ends = [];

    /// <summary>The folders of the batch's rows with the rows of each, in order of appearance. Valid until the next call.</summary>
    public IReadOnlyList<Route> Sort(ColumnBatch batch)
    {
        foreach (var route in _routes) route.Rows.Clear();
        _routes.Clear();
        if (_known.Count > MostKnown) _known.Clear();
        Render(batch);
        var known = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        Route? last = null;
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            WriteKey(batch, i, row);
            if (last is null || !_key.Written.SequenceEqual(last.Key))
            {
                if (!known.TryGetValue(_key.Written, out last)) last = Add(batch, i, row);
                if (last.Rows.Count == 0) _routes.Add(last);
            }
            last.Rows.Add((ushort)row);
        }
        return _routes;
    }

    private void Render(ColumnBatch batch)
    {
        _text.Clear();
        var needed = batch.Selected * columns.PartitionOrdinals.Count;
        if (_ends.Length < needed) _ends = new int[needed];
        for (var p = 0; p < columns.PartitionOrdinals.Count; p++)
        {
            ColumnText.Render(batch[columns.PartitionOrdinals[p]], batch.Selection, batch.Selected, TextFormat.Console, _text, _ends.AsSpan(p * batch.Selected, batch.Selected));
        }
    }

    /// <summary>For each column a mark for null, the value and its length: no two values share a key.</summary>
    private void WriteKey(ColumnBatch batch, int index, int row)
    {
        _key.Clear();
        for (var p = 0; p < columns.PartitionOrdinals.Count; p++)
        {
            var value = ValueAt(batch, p, index);
            _key.Append(batch[columns.PartitionOrdinals[p]].IsNull(row) ? (byte)0 : (byte)1);
            _key.Append(value);
            BinaryPrimitives.WriteInt32LittleEndian(_key.Space(sizeof(int)), value.Length);
            _key.Advance(sizeof(int));
        }
    }

    private ReadOnlySpan<byte> ValueAt(ColumnBatch batch, int partition, int index)
    {
        var at = (partition * batch.Selected) + index;
        var start = at == 0 ? 0 : _ends[at - 1];
        return _text.Written[start.._ends[at]];
    }

    private Route Add(ColumnBatch batch, int index, int row)
    {
        var values = new string?[columns.PartitionOrdinals.Count];
        for (var p = 0; p < values.Length; p++)
        {
            values[p] = batch[columns.PartitionOrdinals[p]].IsNull(row) ? null : Encoding.UTF8.GetString(ValueAt(batch, p, index));
        }
        var route = new Route(_key.Written.ToArray(), folders.NameOf(values));
        _known.Add(route.Key, route);
        return route;
    }

    /// <summary>A folder, and the numbers of the rows that go to it.</summary>
    public sealed class Route(byte[] key, string folder)
    {
        public byte[] Key { get; } = key;

        public string Folder { get; } = folder;

        public List<ushort> Rows { get; } = [];
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
