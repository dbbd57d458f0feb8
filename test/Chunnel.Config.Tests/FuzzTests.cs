using System.Text;
using Chunnel.Config.Hocon;
using Chunnel.Config.Variables;

namespace Chunnel.Config.Tests;

/// <summary>Broken and hostile texts: an answer, never a crash, never a hang. The seed of a failing run is in its message.</summary>
public sealed class FuzzTests
{
    private const int Runs = 4_000;

    private static readonly string[] Pieces =
    [
        "env", "source", "sink", "transform", "FakeSource", "Console", "plugin_output", "plugin_input", "schema", "include", "\"", "'", "`", "\"\"\"",
        "{", "}", "[", "]", "(", ")", "=", ":", "+=", ",", ";", "\n", " ", "#", "//", "--", "/*", "*/", "/* config\n", "\n*/\n", "${", "}", "?", "->", ".",
        "\\", "\\u00", "$", "null", "true", "1", "-1.5e3", "é", "\ud83d", "\0", "\uFEFF", "CREATE TABLE t", "WITH", "INSERT INTO", "SELECT", "FROM", "AS",
        "include \"self\"", "${a}", "${?a}", "a = ${a}", "a += ", "'k'='v'", "\t", "\r\n", "required(", "file(\"x\")",
    ];

    [Theory]
    [InlineData(JobFormat.Hocon, 20_250_101)]
    [InlineData(JobFormat.Json, 20_250_102)]
    [InlineData(JobFormat.Sql, 20_250_103)]
    public void Whatever_comes_in_an_answer_comes_out(JobFormat format, int seed)
    {
        var seeds = Seeds(format);
        for (var run = 0; run < Runs; run++)
        {
            var chance = new Random(seed + run);
            var text = chance.Next(4) == 0 ? Noise(chance) : Broken(chance, seeds[chance.Next(seeds.Count)]);
            try
            {
                Read(text, format);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed + run}, {format}: {e}\n{text}");
            }
        }
    }

    private static void Read(string text, JobFormat format)
    {
        var result = JobLoader.TryLoad(new JobText(text, format)
        {
            Variables = JobVariables.None,
            Includes = request => request.Name == "self" ? new IncludedText("other", text) : null,
        });
        (result.Definition is null).ShouldBe(result.HasErrors);
        foreach (var problem in result.Problems) problem.ToString().Length.ShouldBeLessThan(20_000);
        if (result.Definition is { } job) ShownJob.Of(job).ShouldNotBeEmpty();
    }

    private static List<string> Seeds(JobFormat format) =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data"), "*", SearchOption.AllDirectories)
            .Where(file => JobFormats.OfFile(file) == format).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    private static string Noise(Random chance)
    {
        var text = new StringBuilder();
        for (var count = chance.Next(60); count > 0; count--) text.Append(Pieces[chance.Next(Pieces.Length)]).Append(' ', chance.Next(2));
        return text.ToString();
    }

    private static string Broken(Random chance, string seed)
    {
        var text = new StringBuilder(seed);
        for (var count = 1 + chance.Next(6); count > 0 && text.Length > 0; count--)
        {
            var at = chance.Next(text.Length);
            switch (chance.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(1 + chance.Next(8), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Pieces[chance.Next(Pieces.Length)]);
                    break;
                case 2:
                    text[at] = (char)chance.Next(0x20, 0x7f);
                    break;
                default:
                    var from = chance.Next(text.Length);
                    text.Insert(at, text.ToString(from, Math.Min(chance.Next(40), text.Length - from)));
                    break;
            }
        }
        return text.ToString();
    }

    [Fact]
    public void Large_inputs_take_time_in_proportion()
    {
        string Repeated(string piece) => string.Concat(Enumerable.Repeat(piece, 200_000));
        foreach (var text in (string[])[Repeated("${"), Repeated("a"), Repeated("a=1\n"), Repeated("\""), Repeated("[{"), Repeated("a.b.c "), "x = \"" + Repeated("${a") + "\"", Repeated("/*"), Repeated("''")])
        {
            foreach (var format in Enum.GetValues<JobFormat>()) Read(text, format);
        }
    }
}
