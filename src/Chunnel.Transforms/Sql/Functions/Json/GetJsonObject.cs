using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Kernels.Selections;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Json;

/// <summary>
/// The value at a path of JSON texts, as text; null where there is none. Several paths of the same texts are found in one pass: the first
/// such operation of a program computes the others' results too.
/// </summary>
internal sealed class GetJsonObject(Emission made) : Operation, IJoins
{
    private readonly JsonPath? _fixed = made.Operands[1].Constant is TextColumn { HasNulls: false } one && JsonPath.TryParse(one[0], out var parsed, out _) ? parsed : null;

    /// <summary>Those that it works for: itself first, then those that it has joined.</summary>
    private readonly List<GetJsonObject> _all = [];
    private JsonPaths? _paths;
    private JsonScan.Place[] _found = new JsonScan.Place[1];
    private TextBuilder? _builder;
    private JsonPaths? _last;
    private byte[] _lastText = [];

    private Emission Made => made;

    public bool TryJoin(Operation later)
    {
        if (_fixed is null || later is not GetJsonObject { _fixed: not null } other || other.Made.Operands[0] != made.Operands[0] || other.Made.Guard != made.Guard) return false;
        _all.Add(other);
        return true;
    }

    public override void Run(Frame frame)
    {
        if (frame.Has(Target)) return; // an earlier one did it
        if (_paths is null) Prepare();
        var rows = frame.RowsToDo(made.Guard, made.Operands);
        foreach (var each in _all) each.Begin(frame);
        var texts = (TextColumn)made.Operands[0].Of(frame);
        if (_fixed is not null) FindAll(texts, rows);
        else FindEach(frame, texts, rows);
        foreach (var each in _all) each.End(frame);
    }

    private void Prepare()
    {
        _all.Insert(0, this);
        _paths = new JsonPaths([.. _all.Select(each => each._fixed).OfType<JsonPath>()]);
        _found = new JsonScan.Place[_all.Count];
    }

    private void Begin(Frame frame)
    {
        // Its memory is the job's, which stays the same while the program lives.
        _builder ??= new TextBuilder(made.Type, frame.Memory, Math.Max(frame.Rows, ColumnBatch.AimRows));
        _builder.EnsureCapacity(frame.Rows);
    }

    private void End(Frame frame)
    {
        At(_builder!, frame.Rows);
        frame.Set(Target, _builder!.Build(frame.Rows));
    }

    /// <summary>Goes on to a row: those before it that got no value are null.</summary>
    private static void At(TextBuilder to, int row)
    {
        while (to.Count < row) to.AppendNull();
    }

    private void FindAll(TextColumn texts, ReadOnlySpan<ulong> rows)
    {
        foreach (var row in new SetBits(rows))
        {
            var text = texts[row];
            if (!new JsonScan(text, _paths!, _found).Run()) continue;
            for (var i = 0; i < _found.Length; i++) _all[i].Put(row, text, _found[i]);
        }
    }

    private void FindEach(Frame frame, TextColumn texts, ReadOnlySpan<ulong> rows)
    {
        foreach (var row in new SetBits(rows))
        {
            if (PathOf(frame, row) is not { } path) continue;
            var text = texts[row];
            if (new JsonScan(text, path, _found).Run()) Put(row, text, _found[0]);
        }
    }

    private void Put(int row, ReadOnlySpan<byte> text, JsonScan.Place place)
    {
        if (place.IsEmpty) return;
        At(_builder!, row);
        Append(place.Of(text), _builder!);
    }

    private JsonPaths? PathOf(Frame frame, int row)
    {
        var text = ((TextColumn)Made.Operands[1].Of(frame))[row];
        if (_last is not null && text.SequenceEqual(_lastText)) return _last;
        if (!JsonPath.TryParse(text, out var path, out var problem))
        {
            frame.Fail(row, Made.Where, $"the path '{Encoding.UTF8.GetString(text)}' cannot be read: {problem}");
            return null;
        }
        (_last, _lastText) = (new JsonPaths(path), text.ToArray());
        return _last;
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
