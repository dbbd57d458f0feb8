using Chunnel.Core;
using nietras.SeparatedValues;

namespace Chunnel.Formats.Tests;

/// <summary>Another reader finds in our csv what we find in it.</summary>
public sealed class SepAgreesTests
{
    [Fact]
    public async Task On_every_field_of_what_we_write()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var tables = new RandomTables(seed);
            var columns = tables.Next(5) + 2;
            var schema = Decoding.Schema([.. Enumerable.Range(0, columns).Select(i => ($"c{i}", (DataType)DataType.String))]);
            string[][] values = [.. Enumerable.Range(0, 100).Select(_ => (string[])[.. Enumerable.Range(0, columns).Select(_ => tables.Text())])];
            var rows = values.Select(row => "[" + string.Join(',', row.Select(value => System.Text.Json.JsonSerializer.Serialize(value))) + "]").ToArray();
            var text = Writing.Text(new TextEncoder(schema, DelimitedOptions.Csv), await Writing.Batches(schema, rows));

            using var reader = Sep.New(',').Reader(options => options with { HasHeader = false, Unescape = true }).FromText(text);
            var at = 0;
            foreach (var row in reader)
            {
                for (var i = 0; i < columns; i++) row[i].ToString().ShouldBe(values[at][i], $"seed {seed}, row {at}");
                at++;
            }
            at.ShouldBe(values.Length, $"seed {seed}");
        }
    }
}
