using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Transforms.JsonPath.Paths;
using Chunnel.Transforms.Patterns;
using Chunnel.Transforms.Sql.Functions.Json;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.JsonPath;

/// <summary>What stands at paths of each row's JSON.</summary>
internal sealed class JsonPathTransform(OutputColumns output, (PathColumn Made, int Source)[] columns, RowErrors errors) : ColumnMaker(output, errors)
{
    private const string NoJson = "the value is no JSON";

    /// <summary>As deep as the scan of a simple path goes.</summary>
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 256 };

    private readonly ByteWriter _found = new();
    private readonly ByteWriter _json = new();
    private readonly ByteWriter _compact = new();

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        for (var i = 0; i < columns.Length; i++) Fill(batch, columns[i].Made, batch[columns[i].Source], to[i]);
    }

    /// <summary>Every row gets its value in order, as builders of nested values want it.</summary>
    private void Fill(ColumnBatch batch, PathColumn column, Column from, ColumnBuilder to)
    {
        var row = 0;
        for (var i = 0; i < batch.Selected; i++)
        {
            for (var next = batch.RowAt(i); row < next; row++) to.AppendNullAt(row);
            if (from.IsNull(row)) to.AppendNullAt(row);
            else Evaluate(batch, column, JsonOf(from, row), to, row);
            row++;
        }
        for (; row < batch.Rows; row++) to.AppendNullAt(row);
    }

    private void Evaluate(ColumnBatch batch, PathColumn column, ReadOnlySpan<byte> json, ColumnBuilder to, int row)
    {
        var found = Find(column.Path, json, out var why);
        if (why is not null)
        {
            to.AppendNullAt(row);
            Fail(batch, column, row, JsonPathErrors.PathFailed, why);
            return;
        }
        if (found[0] is (byte)'{' or (byte)'[' && column.Target.Type.Kind == TypeKind.String) found = Compact(found);
        if (JsonNested.TryRead(found, to, row) is not (ParseOutcome.OutOfRange or ParseOutcome.Malformed)) return;
        to.SetNull(row);
        Fail(batch, column, row, JsonPathErrors.ConversionFailed, $"what stands there is no {column.Target.Type}");
    }

    /// <summary>The JSON at a path, until the next call; or why there is none.</summary>
    private ReadOnlySpan<byte> Find(JsonWay path, ReadOnlySpan<byte> json, out string? why)
    {
        if (path.Scanned is null) return Walk(path, json, out why);
        Span<JsonScan.Place> place = stackalloc JsonScan.Place[1];
        why = !new JsonScan(json, path.Scanned, place).Run() ? NoJson : place[0].IsEmpty ? "nothing stands there" : null;
        return place[0].Of(json);
    }

    private ReadOnlySpan<byte> Walk(JsonWay path, ReadOnlySpan<byte> json, out string? why)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Reading);
            using var document = JsonDocument.ParseValue(ref reader);
            // Throws when more stands behind the value.
            _ = reader.Read();
            if (new PathWalk(path, document.RootElement).From(document.RootElement, out why) is not { } found) return default;
            _found.Clear();
            if (!path.IsDefinite) _found.Append((byte)'[');
            for (var i = 0; i < found.Count; i++)
            {
                if (i > 0) _found.Append((byte)',');
                _found.Append(JsonMarshal.GetRawUtf8Value(found[i]));
            }
            if (!path.IsDefinite) _found.Append((byte)']');
            return _found.Written;
        }
        catch (JsonException)
        {
            why = NoJson;
            return default;
        }
        catch (RegexMatchTimeoutException)
        {
            why = PatternSearch.TooLong;
            return default;
        }
    }

    private void Fail(ColumnBatch batch, PathColumn column, int row, ErrorCode code, string why)
    {
        var what = $"path '{column.Written}' of '{column.Source}' to '{column.Target.Name}'";
        if (column.OnError is null) Fail(batch, row, what, why, code);
        else if (column.OnError != ColumnErrorWay.Skip) Fail(batch, row, what, why, code, column.OnError == ColumnErrorWay.Fail ? RowErrorWay.Fail : RowErrorWay.Skip);
    }

    private ReadOnlySpan<byte> JsonOf(Column from, int row)
    {
        if (from is TextColumn text) return text[row];
        _json.Clear();
        if (from is RowColumn fields) AppendList(fields, row);
        else JsonText.Append(_json, from, row);
        return _json.Written;
    }

    private void AppendList(RowColumn fields, int row)
    {
        _json.Append((byte)'[');
        for (var i = 0; i < fields.Fields.Count; i++)
        {
            if (i > 0) _json.Append((byte)',');
            JsonText.Append(_json, fields.Fields[i], row);
        }
        _json.Append((byte)']');
    }

    /// <summary>Without the blanks that stand outside strings.</summary>
    private ReadOnlySpan<byte> Compact(ReadOnlySpan<byte> json)
    {
        _compact.Clear();
        var space = _compact.Space(json.Length);
        var length = 0;
        var isInString = false;
        for (var at = 0; at < json.Length; at++)
        {
            if (isInString && json[at] == '\\') space[length++] = json[at++];
            else if (json[at] == '"') isInString = !isInString;
            else if (!isInString && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') continue;
            space[length++] = json[at];
        }
        _compact.Advance(length);
        return _compact.Written;
    }
}
