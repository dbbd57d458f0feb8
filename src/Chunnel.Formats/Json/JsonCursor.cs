using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Chunnel.Formats;

/// <summary>Walks over JSON text by pointer. Each method returns where it stopped; beyond the limit means that the text ends before.</summary>
internal static unsafe class JsonCursor
{
    /// <summary>The first byte that is no white space.</summary>
    public static byte* SkipBlanks(byte* at, byte* limit)
    {
        while (at < limit && *at is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    /// <summary>From behind the opening quote to the closing one. Tells whether something in between is escaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* FindQuote(byte* at, byte* limit, ref bool escaped)
    {
        var quotes = Vector256.Create((byte)'"');
        var escapes = Vector256.Create((byte)'\\');
        while (at < limit)
        {
            var block = Vector256.Load(at);
            var found = (Vector256.Equals(block, quotes) | Vector256.Equals(block, escapes)).ExtractMostSignificantBits();
            if (found == 0)
            {
                at += Vector256<byte>.Count;
                continue;
            }
            at += System.Numerics.BitOperations.TrailingZeroCount(found);
            if (*at == '"') return at;
            escaped = true;
            at += 2;
        }
        return limit + 1;
    }

    /// <summary>From the first byte of a number or word to the byte behind it: a comma, a closing bracket or white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* FindEnd(byte* at, byte* limit)
    {
        while (at < limit)
        {
            var block = Vector128.Load(at);
            // 0x5D and 0x7D close; with bit 5 set both are 0x7D.
            var found = (Vector128.Equals(block, Vector128.Create((byte)','))
                | Vector128.Equals(block | Vector128.Create((byte)0x20), Vector128.Create((byte)'}'))
                | Vector128.LessThanOrEqual(block, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
            if (found != 0) return at + System.Numerics.BitOperations.TrailingZeroCount(found);
            at += Vector128<byte>.Count;
        }
        return limit + 1;
    }

    /// <summary>From an opening bracket to the byte behind its closing one.</summary>
    public static byte* SkipNested(byte* at, byte* limit)
    {
        var depth = 0;
        while (at < limit)
        {
            switch (*at)
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    at++;
                    break;
                case (byte)'}' or (byte)']':
                    at++;
                    if (--depth == 0) return at;
                    break;
                case (byte)'"':
                    var escaped = false;
                    at = FindQuote(at + 1, limit, ref escaped) + 1;
                    break;
                default:
                    at++;
                    break;
            }
        }
        return limit + 1;
    }
}
