using System.Diagnostics;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Operations.Columns;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Lists;

/// <summary>The order of elements within one column.</summary>
internal static class ElementOrder
{
    /// <summary>True for types whose values have an order.</summary>
    public static bool Has(DataType type) => type.IsNumeric || type.Kind is TypeKind.String or TypeKind.Date or TypeKind.Time or TypeKind.Timestamp or TypeKind.TimestampTz;

    public static int Compare(Column column, int a, int b) => column switch
    {
        FixedColumn<sbyte> from => from.Values[a].CompareTo(from.Values[b]),
        FixedColumn<short> from => from.Values[a].CompareTo(from.Values[b]),
        FixedColumn<int> from => from.Values[a].CompareTo(from.Values[b]),
        FixedColumn<long> from => from.Values[a].CompareTo(from.Values[b]),
        FixedColumn<float> from => from.Values[a].CompareTo(from.Values[b]),
        FixedColumn<double> from => from.Values[a].CompareTo(from.Values[b]),
        DecimalColumn from => from.Values[a].CompareTo(from.Values[b]),
        TextColumn from => from[a].SequenceCompareTo(from[b]),
        TimestampColumn from => from.Micros[a] != from.Micros[b] || from.Nanos.IsEmpty ? from.Micros[a].CompareTo(from.Micros[b]) : from.Nanos[a].CompareTo(from.Nanos[b]),
        _ => throw new UnreachableException($"{column.Type} has no order."),
    };
}

/// <summary>The greatest or least element of each array, nulls left out; null where there is none.</summary>
internal sealed class ExtremeElement(Operand operand, bool greatest) : Operation
{
    private int[] _chosen = [];
    private ulong[] _found = [];

    public override void Run(Frame frame)
    {
        var lists = (ListColumn)operand.Of(frame);
        if (_chosen.Length < frame.Rows) (_chosen, _found) = (new int[frame.Rows], new ulong[frame.Words]);
        var found = _found.AsSpan(0, frame.Words);
        found.Clear();
        _chosen.AsSpan(0, frame.Rows).Clear();
        foreach (var row in new SetBits(frame.RowsToDo(null, lists)))
        {
            if (Find(lists, row) is not (>= 0 and var element)) continue;
            _chosen[row] = element;
            Bits.Set(found, row);
        }
        frame.Set(Target, Reframe.Chosen(lists.Elements, _chosen.AsSpan(0, frame.Rows), found, frame.Memory));
    }

    private int Find(ListColumn lists, int row)
    {
        var best = -1;
        var elements = lists.Elements;
        for (var element = lists.Offsets[row]; element < lists.Offsets[row + 1]; element++)
        {
            if (elements.IsNull(element)) continue;
            if (best < 0 || (greatest ? ElementOrder.Compare(elements, element, best) > 0 : ElementOrder.Compare(elements, element, best) < 0)) best = element;
        }
        return best;
    }
}
