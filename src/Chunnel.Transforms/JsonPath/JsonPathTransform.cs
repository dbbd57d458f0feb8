using Chunnel.Core;
using Chunnel.Formats;
using Chunnel.Transforms.Sql.Functions.Json;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.JsonPath;

/// <summary>What stands at paths of each row's JSON.</summary>
internal sealed class JsonPathTransform(OutputColumns output, (PathColumn Made, int Source)[] columns, RowErrors errors) : ColumnMaker(output, errors)
{
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
        var scan = new JsonScan(json, column.Path);
        var isJson = scan.Run();
        if (!isJson || scan.Found.IsEmpty)
        {
            to.AppendNullAt(row);
            Fail(batch, column, row, JsonPathErrors.PathFailed, isJson ? "nothing stands there" : "the value is no JSON");
            return;
        }
        var found = scan.Found[0] is (byte)'{' or (byte)'[' && column.Target.Type.Kind == TypeKind.String ? Compact(scan.Found) : scan.Found;
        if (JsonNested.TryRead(found, to, row) is not (ParseOutcome.OutOfRange or ParseOutcome.Malformed)) return;
        to.SetNull(row);
        Fail(batch, column, row, JsonPathErrors.ConversionFailed, $"what stands there is no {column.Target.Type}");
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
