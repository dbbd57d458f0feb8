using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Control characters that stand in JSON text as they are, although the standard wants them escaped (spec connectors.md 2.2).</summary>
internal static class JsonControls
{
    /// <summary>The same JSON with such characters escaped.</summary>
    public static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json)
    {
        var clean = new ByteWriter(json.Length + 64);
        var inText = false;
        for (var at = 0; at < json.Length; at++)
        {
            var b = json[at];
            if (inText && b < 0x20)
            {
                clean.Append("\\u00"u8);
                clean.Append("0123456789ABCDEF"u8[b >> 4]);
                clean.Append("0123456789ABCDEF"u8[b & 15]);
                continue;
            }
            clean.Append(b);
            if (b == '"') inText = !inText;
            else if (b == '\\' && inText && at + 1 < json.Length) clean.Append(json[++at]);
        }
        return clean.Written;
    }
}
