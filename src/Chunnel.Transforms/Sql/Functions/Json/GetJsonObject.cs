using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels;
using Chunnel.Transforms.Sql.Operations;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>The value at a path of JSON texts, as text; null where there is none.</summary>
internal sealed class GetJsonObject(Emission made) : TextRows(made)
{
    private readonly JsonPath? _fixed = made.Operands[1].Constant is TextColumn { HasNulls: false } one && JsonPath.TryParse(one[0], out var parsed, out _) ? parsed : null;
    private JsonPath? _last;
    private byte[] _lastText = [];

    protected override void Fill(Frame frame, ReadOnlySpan<ulong> rows, TextBuilder to)
    {
        var texts = (TextColumn)Made.Operands[0].Of(frame);
        foreach (var row in new SetBits(rows))
        {
            At(to, row);
            if (PathOf(frame, row) is not { } path) continue;
            var scan = new JsonScan(texts[row], path);
            if (scan.Run() && !scan.Found.IsEmpty) Append(scan.Found, to);
        }
    }

    private JsonPath? PathOf(Frame frame, int row)
    {
        if (_fixed is not null) return _fixed;
        var text = ((TextColumn)Made.Operands[1].Of(frame))[row];
        if (_last is not null && text.SequenceEqual(_lastText)) return _last;
        if (!JsonPath.TryParse(text, out var path, out var problem))
        {
            frame.Fail(row, Made.Where, $"the path '{Encoding.UTF8.GetString(text)}' cannot be read: {problem}");
            return null;
        }
        (_last, _lastText) = (path, text.ToArray());
        return path;
    }

    private static void Append(ReadOnlySpan<byte> value, TextBuilder to)
    {
        if (value[0] == 'n') return;
        if (value[0] is (byte)'{' or (byte)'[') AppendCompact(value, to);
        else if (value[0] != '"') to.Append(value);
        else if (value.Contains((byte)'\\')) AppendUnescaped(value[1..^1], to);
        else to.Append(value[1..^1]);
    }

    private static void AppendUnescaped(ReadOnlySpan<byte> value, TextBuilder to)
    {
        if (!JsonUnescape.TryWrite(value, to.Space(value.Length), out var length)) return;
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }

    /// <summary>Without the blanks that stand outside strings.</summary>
    private static void AppendCompact(ReadOnlySpan<byte> value, TextBuilder to)
    {
        var space = to.Space(value.Length);
        var length = 0;
        var inString = false;
        for (var at = 0; at < value.Length; at++)
        {
            var b = value[at];
            if (inString && b == '\\') space[length++] = value[at++];
            else if (b == '"') inString = !inString;
            else if (!inString && b is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') continue;
            space[length++] = value[at];
        }
        to.Ends[to.Count] = to.ByteCount + length;
        to.Advance(1, length);
    }
}
