using System.Runtime.CompilerServices;
using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>The rows of a column that are to be written, in order.</summary>
internal readonly ref struct LaneRows(Column column, ReadOnlySpan<ushort> selection, int rows)
{
    private readonly ReadOnlySpan<ushort> _selection = selection;

    public Column Column { get; } = column;

    public int Rows { get; } = rows;

    public ReadOnlySpan<ushort> Selection => _selection;

    /// <summary>The row within the column.</summary>
    public int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _selection.IsEmpty ? index : _selection[index];
    }
}
