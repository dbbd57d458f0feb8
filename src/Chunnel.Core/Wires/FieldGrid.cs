using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Chunnel.Core;

/// <summary>
/// The way in for wires that come row by row: one scan over the bytes notes where each field of each row stands, then one loop per
/// column turns its fields into values. No call per value, and the arrays are used again for the next rows.
/// </summary>
public sealed class FieldGrid
{
    /// <summary>A scan may write so many fields beyond its last row before it looks whether there is room.</summary>
    public const int OverrunFields = 128;

    private FieldSpan[] _fields = [];
    private int[] _rowStarts = [];

    public FieldGrid(int columns, int rows)
    {
        Columns = columns;
        Capacity = rows;
        _fields = GC.AllocateUninitializedArray<FieldSpan>(checked(columns * rows + OverrunFields));
        _rowStarts = new int[rows + 1];
    }

    /// <summary>Fields of every row.</summary>
    public int Columns { get; }

    /// <summary>Rows that fit.</summary>
    public int Capacity { get; }

    /// <summary>Rows that the last scan noted.</summary>
    public int Rows { get; private set; }

    /// <summary>Row-major: field c of row r stands at r * <see cref="Columns"/> + c. A scan writes here and then says how far.</summary>
    public Span<FieldSpan> Fields => _fields;

    /// <summary>Where each row's bytes start; entry <see cref="Rows"/> is where the one behind the last would.</summary>
    public Span<int> RowStarts => _rowStarts;

    /// <summary>Tells how many rows of fields and starts are written.</summary>
    public void SetRows(int rows)
    {
        Belief.Holds(rows >= 0 && rows <= Capacity, "a grid's rows fit");
        Rows = rows;
    }

    /// <summary>The field as it was noted.</summary>
    public FieldSpan this[int row, int column] => _fields[row * Columns + column];

    /// <summary>The fields of one column, to step through with <see cref="FieldColumn"/>.</summary>
    public FieldColumn Column(int column) => new(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_fields), column), Columns, Rows);
}
