using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Lists;

/// <summary>Columns side by side as one column, row after row: a1 b1 a2 b2 ...</summary>
internal static class Interleaving
{
    public static Column Of(DataType type, ReadOnlySpan<Column> columns, int rows, BatchMemory memory)
    {
        var count = columns.Length;
        var spread = new Column[count];
        var choices = new byte[rows * count];
        var rowOf = new int[rows * count];
        for (var i = 0; i < rowOf.Length; i++)
        {
            rowOf[i] = i / count;
            choices[i] = (byte)(i % count);
        }
        try
        {
            for (var i = 0; i < count; i++) spread[i] = columns[i].Take(rowOf, memory);
            return Operations.Cases.Choices.Gather(type, spread, choices, memory);
        }
        finally
        {
            foreach (var column in spread) column?.Release();
        }
    }

    public static ColumnBuffer Offsets(int rows, int count, BatchMemory memory)
    {
        var offsets = ColumnBuffer.Rent<int>(memory, rows + 1);
        var ends = offsets.As<int>();
        for (var row = 0; row <= rows; row++) ends[row] = row * count;
        return offsets;
    }
}

/// <summary>An array of the arguments; it is never null.</summary>
internal sealed class MakeArray(Emission made) : Operation
{
    public override void Run(Frame frame)
    {
        var columns = made.Operands.Select(operand => operand.Of(frame)).ToArray();
        var type = (ArrayType)made.Type;
        var elements = Interleaving.Of(type.Element, columns, frame.Rows, frame.Memory);
        frame.Set(Target, new ListColumn(type, frame.Rows, Interleaving.Offsets(frame.Rows, columns.Length, frame.Memory), elements, default, 0));
    }
}

/// <summary>A map of the first half of the arguments to the second. A null key fails the row.</summary>
internal sealed class MakeMap(Emission made) : Operation
{
    public override void Run(Frame frame)
    {
        var pairs = made.Operands.Count / 2;
        var columns = made.Operands.Select(operand => operand.Of(frame)).ToArray();
        for (var i = 0; i < pairs; i++)
        {
            if (!columns[i].HasNulls) continue;
            for (var row = 0; row < frame.Rows; row++)
            {
                if (columns[i].IsNull(row) && frame.MustDo(row, made.Guard)) frame.Fail(row, made.Where, "a key of the map is null");
            }
        }
        var type = (MapType)made.Type;
        var keys = Interleaving.Of(type.Key, columns.AsSpan(0, pairs), frame.Rows, frame.Memory);
        var values = Interleaving.Of(type.Value, columns.AsSpan(pairs), frame.Rows, frame.Memory);
        frame.Set(Target, new MapColumn(type, frame.Rows, Interleaving.Offsets(frame.Rows, pairs, frame.Memory), keys, values, default, 0));
    }
}
