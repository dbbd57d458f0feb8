using System.Text.RegularExpressions;
using System.Xml.Linq;
using Chunnel.Cli.Commands;

namespace Chunnel.Cli.Tests;

/// <summary>What <c>chunnel test</c> says. The job's own source would fail, and its sinks cannot be written: only stand-ins run.</summary>
public sealed class TestCommandTests : IDisposable
{
    private const string Given = """
        job = "tested.conf"
        variables { least = 1 }
        sources = [
          {
            source = "in", schema = { table = "shop.orders", fields { id = bigint, name = string, amount = double, tags = "map<string, int>" } }
            rows = [
              { fields = [1, "bread", 1.5, { a = 1, b = 2 }] }
              { fields = [2, "salt", 0.5, {}] }
              { kind = UPDATE_AFTER, fields = [3, "cheese", 10, null] }
              { fields = { id = 4, amount = 2 } }
            ]
          }
          { source = Jdbc, schema = { table = "p.one", fields { n = int } }, rows = [{ fields = [1] }, { fields = [2] }] }
          { source = Jdbc, schema = { table = "p.two", fields { n = int } }, rows = [{ fields = [7] }] }
        ]

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-tests").FullName;
    private readonly StringWriter _output = new();

    public TestCommandTests() => File.WriteAllText(Path.Combine(_folder, "tested.conf"), Golden.Read("tested.conf"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_test_passes_when_the_sinks_get_the_rows_whatever_their_order()
    {
        (await RunAsync(Given + """
            sinks = [
              { sink = "big", rows = [
                { fields = [4, null, 4, null] }
                { fields = [1, "BREAD", "3.00", { b = 2, a = 1 }] }
                { kind = UPDATE_AFTER, fields = [3, "CHEESE", 20, null] }
              ] }
              { sink = Console, table = "x_one", order = exact, rows = [{ fields = [1] }, { fields = [2] }] }
              { sink = "Sink[1]-Console", table = "p.x_two", rows = [{ fields = [7] }] }
            ]
            seed = 7
            """)).ShouldBe(ExitCodes.Success, _output.ToString());
        _output.ToString().ShouldMatch(@"\Apass .*a\.test\.conf \(3 table\(s\), 6 row\(s\); the same with seed 7, \d+ fault\(s\)\)\n1 passed, 0 failed\r?\n\z");
    }

    [Fact]
    public async Task Differences_are_told_by_row_column_and_value()
    {
        (await RunAsync(Given + """
            sinks = [
              { sink = "big", ignore = [tags], rows = [
                { fields = [1, "BREAD", 3.01, null] }
                { fields = [3, "CHEESE", 20, null] }
                { fields = { id = 4, name = null } }
                { kind = DELETE, fields = [99, "nobody", 0, null] }
              ] }
              { sink = "renamed", table = "x_one", order = exact, rows = [{ fields = [2] }, { fields = [1] }, { fields = [3] }] }
            ]
            """)).ShouldBe(ExitCodes.Failure);
        Golden.Equal("test-differences.txt", _output.ToString().Replace(_folder, "TESTS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mistakes_of_a_test_are_told_at_once_with_their_places()
    {
        await RunAsync("""
            job = "tested.conf"
            sorces = []
            sources = [{ source = "in", rows = [{ kind = NEW, fields = [1] }, { felds = [] }] }]
            """);
        await RunAsync(Given.Replace("[2, \"salt\", 0.5, {}]", "[2, \"salt\"]", StringComparison.Ordinal).Replace("source = \"in\"", "source = \"inn\"", StringComparison.Ordinal) + """
            sinks = [{ rows = [] }]
            """);
        Golden.Equal("test-mistakes.txt", _output.ToString().Replace(_folder, "TESTS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nothing = 1", "can't find field [nothing]", true)]
    [InlineData("nothing = 1", "can't find field [something]", false)]
    [InlineData("cast(name as int) > 0", "is no int", true)]
    [InlineData("id > 0", "can't find field [nothing]", false)]
    public async Task A_job_that_must_fail_is_held_to_its_error(string condition, string error, bool passes)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "tested.conf"), Golden.Read("tested.conf").Replace("amount > ${least}", condition, StringComparison.Ordinal), Stop);
        (await RunAsync(Given + $"error = \"{error}\"")).ShouldBe(passes ? ExitCodes.Success : ExitCodes.Failure, _output.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_goes_wrong_on_the_way_the_rows_are_the_same(int seed)
    {
        var rows = string.Join('\n', Enumerable.Range(0, 60).Select(n => $"{{ fields = [{n}] }}"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "many.conf"), """
            env { parallelism = 2 }
            source { FakeSource { plugin_output = "in", schema = { fields { n = int } } } }
            transform { Sql { plugin_input = "in", plugin_output = "out", query = "select n from t where n <> 13" } }
            sink { Console { plugin_input = "out" } }
            """, Stop);
        (await RunAsync($"job = \"many.conf\"\nseed = {seed}\nrestarts = 4\nsources = [{{ rows = [{rows}] }}]\nsinks = [{{ rows = [{rows.Replace("{ fields = [13] }", "", StringComparison.Ordinal)}] }}]"))
            .ShouldBe(ExitCodes.Success, _output.ToString());
        Regex.Match(_output.ToString(), @"(\d+) fault", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value.ShouldNotBe("0");
    }

    [Fact]
    public async Task A_build_server_gets_its_report_of_all_tests_of_a_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "b.test.conf"), "job = \"missing.conf\"\nerror = \"There is no such job file\"", Stop);
        await File.WriteAllTextAsync(Path.Combine(_folder, "c.test.conf"), Given + "sinks = [{ sink = big, rows = [] }]", Stop);
        var report = Path.Combine(_folder, "report.xml");
        (await TestCommand.RunAsync([_folder], report, TimeSpan.FromMinutes(1), _output, TimeProvider.System, Stop)).ShouldBe(ExitCodes.Failure);
        var suite = XDocument.Load(report).Root!.Element("testsuite")!;
        (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value).ShouldBe(("2", "2"), _output.ToString());
        suite.Elements("testcase").Select(test => test.Attribute("name")!.Value).ShouldBe(["b.test.conf", "c.test.conf"]);
        suite.Elements("testcase").Last().Element("failure")!.Value.ShouldContain("0 row(s) expected, 3 came");
    }

    [Fact]
    public async Task The_sample_passes()
    {
        var samples = Path.Combine(RootOf(AppContext.BaseDirectory), "samples");
        (await TestCommand.RunAsync([samples], null, TimeSpan.FromMinutes(1), _output, TimeProvider.System, Stop)).ShouldBe(ExitCodes.Success, _output.ToString());
        _output.ToString().ShouldContain("quickstart.test.conf");
    }

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Chunnel.slnx")) ? folder : RootOf(Path.GetDirectoryName(folder)!);

    private async Task<int> RunAsync(string test)
    {
        var path = Path.Combine(_folder, "a.test.conf");
        await File.WriteAllTextAsync(path, test, Stop);
        return await TestCommand.RunAsync([path], null, TimeSpan.FromMinutes(1), _output, TimeProvider.System, Stop);
    }
}
