using System.Text.Json;

namespace Chunnel.Rest;

/// <summary>Which part of a list was asked for: <c>page</c> from 1, <c>rows</c> to a page (spec rest-api.md 15).</summary>
internal readonly record struct Page(int Number, int Rows)
{
    private const string NumberName = "page";
    private const string RowsName = "rows";
    private const int UsualRows = 10;

    /// <summary>Null where the whole list was asked for.</summary>
    /// <exception cref="RestRefusal">A number is none, or below 1.</exception>
    public static Page? Of(QueryParameters query) =>
        query[NumberName] is null ? null : new Page(Read(query, NumberName, 1), Read(query, RowsName, UsualRows));

    /// <summary>The whole list as an array, or a part of it as <c>{"data": [...], "total": n}</c>. Behind the last page there is nothing.</summary>
    public static void Write<T>(Utf8JsonWriter json, Page? page, IReadOnlyList<T> all, Action<Utf8JsonWriter, T> write)
    {
        if (page is null)
        {
            WriteArray(json, all, write);
            return;
        }
        json.WriteStartObject();
        json.WritePropertyName(WireNames.Data);
        WriteArray(json, all.Skip((int)Math.Min((page.Value.Number - 1L) * page.Value.Rows, all.Count)).Take(page.Value.Rows), write);
        json.WriteNumber(WireNames.Total, all.Count);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }

    private static int Read(QueryParameters query, string name, int otherwise)
    {
        var number = query.Number(name) ?? otherwise;
        if (number >= 1) return number;
        throw RestRefusal.BadRequest(name == NumberName ? WireTexts.PageBelowOne : $"'{name}' must be greater than 0, not {number}.");
    }
}
