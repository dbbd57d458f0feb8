using System.Runtime.InteropServices;
using Chunnel.Core;

namespace Chunnel.Formats.Parquet;

/// <summary>
/// Tells from some rows whether a dictionary will pay. The library gives a dictionary up when it has filled a page: all that went into it
/// was then for nothing. How many different values a column has follows from how often a few drawn from it meet: among s values of d
/// different ones, about s² / 2d have been seen before.
/// </summary>
internal static class DictionarySample
{
    /// <summary>Where the library gives a dictionary up, unless told otherwise.</summary>
    private const long PageBytes = 1 << 20;

    /// <summary>Fewer values say too little.</summary>
    private const int LeastValues = 1024;

    /// <summary>The length before each text in a dictionary page.</summary>
    private const int LengthBytes = 4;

    /// <summary>True when the column's values repeat enough, are too few to tell, or are of a kind that is not looked at.</summary>
    public static bool Pays(Column column) => column switch
    {
        FixedColumn<int> ints => Pays<int>(ints, ints.Values),
        FixedColumn<long> longs => Pays<long>(longs, longs.Values),
        FixedColumn<float> floats => Pays<int>(floats, MemoryMarshal.Cast<float, int>(floats.Values)),
        FixedColumn<double> doubles => Pays<long>(doubles, MemoryMarshal.Cast<double, long>(doubles.Values)),
        DecimalColumn decimals => Pays(decimals, decimals.Values),
        TimestampColumn times => Pays(times, times.Micros),
        TextColumn texts => Pays(texts),
        _ => true,
    };

    private static unsafe bool Pays<T>(Column column, ReadOnlySpan<T> values) where T : unmanaged
    {
        var seen = new HashSet<T>(values.Length);
        var repeats = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!column.IsNull(row) && !seen.Add(values[row])) repeats++;
        }
        return Pays(seen.Count, repeats, (long)seen.Count * sizeof(T));
    }

    private static bool Pays(TextColumn column)
    {
        var seen = new HashSet<int>(column.Length);
        var repeats = 0;
        long bytes = 0;
        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsNull(row)) continue;
            var hash = new HashCode();
            hash.AddBytes(column[row]);
            if (!seen.Add(hash.ToHashCode())) repeats++;
            else bytes += column[row].Length + LengthBytes;
        }
        return Pays(seen.Count, repeats, bytes);
    }

    private static bool Pays(int different, int repeats, long bytesOfDifferent)
    {
        double values = different + repeats;
        if (values < LeastValues) return true;
        if (repeats == 0) return false;
        var differentInAll = values * values / (2.0 * repeats);
        return differentInAll * bytesOfDifferent / different < PageBytes;
    }
}
