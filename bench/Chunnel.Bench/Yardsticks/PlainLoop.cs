using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chunnel.Bench;

/// <summary>The same work as it is written without second thoughts: a line at a time, a row an array of objects.</summary>
internal static class PlainLoop
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <param name="work">The name of the bench.</param>
    /// <param name="input">The file to read.</param>
    /// <param name="output">The file to write.</param>
    public static void Run(string work, string input, string output)
    {
        using var reader = new StreamReader(input);
        using var writer = new StreamWriter(output);
        switch (work)
        {
            case "csv-to-csv":
                foreach (var row in ReadCsv(reader).Where(row => (int)row[1]! >= FileWork.LeastN)) WriteCsv(writer, [row[0], row[3], row[2]]);
                break;
            case "csv-to-json":
                foreach (var row in ReadCsv(reader)) WriteJson(writer, row);
                break;
            case "json-to-csv":
                foreach (var row in ReadJson(reader)) WriteCsv(writer, row);
                break;
            default:
                throw new ArgumentException($"There is no plain loop for '{work}'.");
        }
    }

    private static IEnumerable<object?[]> ReadCsv(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            var fields = Fields(line);
            yield return [Long(fields[0]), int.Parse(fields[1], CultureInfo.InvariantCulture), Double(fields[2]), fields[3], DateTime.ParseExact(fields[4], TimeFormat, CultureInfo.InvariantCulture)];
        }
    }

    private static IEnumerable<object?[]> ReadJson(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            yield return [row.GetProperty("id").GetInt64(), row.GetProperty("n").GetInt32(), row.GetProperty("price").GetDouble(), row.GetProperty("name").GetString(), row.GetProperty("ts").GetDateTime()];
        }
    }

    private static void WriteCsv(StreamWriter writer, object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0) writer.Write(',');
            var text = Text(row[i]);
            writer.Write(text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
        }
        writer.Write('\n');
    }

    private static void WriteJson(StreamWriter writer, object?[] row)
    {
        writer.Write("{\"id\":");
        writer.Write(Text(row[0]));
        writer.Write(",\"n\":");
        writer.Write(Text(row[1]));
        writer.Write(",\"price\":");
        writer.Write(Text(row[2]));
        writer.Write(",\"name\":\"");
        writer.Write(JsonEncodedText.Encode((string)row[3]!).ToString());
        writer.Write("\",\"ts\":\"");
        writer.Write(Text(row[4]));
        writer.Write("\"}\n");
    }

    private static string[] Fields(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return line.Split(',');
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(letter);
        }
        fields.Add(field.ToString());
        return [.. fields];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToString(TimeFormat, CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Double(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
