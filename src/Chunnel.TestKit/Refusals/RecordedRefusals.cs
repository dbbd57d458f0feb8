using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.TestKit;

/// <summary>Keeps the rows that a step refuses, each with what it said of it.</summary>
public sealed class RecordedRefusals : IRowRefusals
{
    private readonly List<(BoxedRow Row, ChunnelException Error)> _rows = [];
    private readonly List<(UnreadRow Row, ChunnelException Error)> _unread = [];

    public bool EndsJob => false;

    public IReadOnlyList<(BoxedRow Row, ChunnelException Error)> Rows => _rows;

    public IReadOnlyList<(UnreadRow Row, ChunnelException Error)> Unread => _unread;

    /// <summary>The first values of the rows.</summary>
    public IEnumerable<object?> Ids => _rows.Select(refused => refused.Row[0]);

    public void Refuse(ColumnBatch batch, int row, ChunnelException error)
    {
        var selection = ColumnBuffer.Rent<ushort>(batch.Memory, 1);
        selection.As<ushort>()[0] = (ushort)row;
        using var one = batch.WithSelection(selection, 1);
        _rows.Add((BoxedRows.Of(one)[0], error));
    }

    public void Refuse(UnreadRow row, ChunnelException error) => _unread.Add((row, error));
}
