using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Chunnel.Core;

/// <summary>One column of a <see cref="FieldGrid"/>: every n-th field.</summary>
public readonly ref struct FieldColumn
{
    private readonly ref FieldSpan _first;
    private readonly nint _stride;

    internal FieldColumn(ref FieldSpan first, int stride, int rows)
    {
        _first = ref first;
        _stride = stride;
        Rows = rows;
    }

    public int Rows { get; }

    public FieldSpan this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Debug.Assert((uint)row < (uint)Rows, "a field of a noted row is asked for");
            return Unsafe.Add(ref _first, row * _stride);
        }
    }
}
