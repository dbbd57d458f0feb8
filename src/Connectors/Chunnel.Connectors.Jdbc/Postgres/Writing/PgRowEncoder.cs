using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Encodes batches as rows of binary COPY, with the row's kind as a last column where it is asked for.</summary>
internal sealed unsafe class PgRowEncoder
{
    private const int KindFieldBytes = sizeof(int) + sizeof(short);

    private readonly PgEncoder[] _encoders;
    private readonly TextLane[] _lanes;
    private readonly RowWeaver _plain;
    private readonly RowWeaver _withKinds;
    private readonly string _table;

    public PgRowEncoder(string table, IReadOnlyList<PgEncoder> encoders)
    {
        _table = table;
        _encoders = [.. encoders];
        _lanes = [.. Enumerable.Range(0, encoders.Count + 1).Select(_ => new TextLane())];
        _plain = WeaverOf(encoders.Count);
        _withKinds = WeaverOf(encoders.Count + 1);
    }

    /// <summary>Appends the rows of the batch that count.</summary>
    public void Encode(ColumnBatch batch, bool withKinds, ByteWriter to)
    {
        var rows = PgRows.Of(batch);
        for (var i = 0; i < _encoders.Length; i++)
        {
            _encoders[i].Encode(batch[i], rows, _lanes[i], new PgPlace(_table, batch.Schema.Columns[i].Name, batch.FirstRow));
        }
        if (withKinds) EncodeKinds(batch, rows, _lanes[^1]);
        if (withKinds) _withKinds.Weave(_lanes, rows.Count, to);
        else _plain.Weave(_lanes.AsSpan(0, _encoders.Length), rows.Count, to);
    }

    private static void EncodeKinds(ColumnBatch batch, in PgRows rows, TextLane lane)
    {
        lane.Begin(rows.Count, rows.Count * KindFieldBytes);
        var to = lane.Bytes;
        for (var i = 0; i < rows.Count; i++, to += KindFieldBytes)
        {
            (to[0], to[1], to[2], to[3], to[4], to[5]) = (0, 0, 0, sizeof(short), 0, (byte)batch.KindAt(rows[i]));
            lane.Ends[i + 1] = (i + 1) * KindFieldBytes;
        }
    }

    /// <summary>A row begins with the count of its fields.</summary>
    private static RowWeaver WeaverOf(int fields) =>
        new([.. Enumerable.Range(0, fields).Select(field => field == 0 ? new[] { (byte)(fields >> 8), (byte)fields } : [])], []);
}
