using Chunnel.Config.Hocon;
using Chunnel.Config.Variables;
using Chunnel.Core;

namespace Chunnel.Config.Sql;

/// <summary>A job written in SQL: tables are sources and sinks, queries are Sql transforms (spec config.md 9).</summary>
internal sealed class SqlJob
{
    private readonly VariableScope _scope;
    private readonly List<Problem> _problems;
    private readonly HoconReading _reading;
    private readonly HoconObject _config;

    private readonly Dictionary<string, SqlStatement> _tables = [];
    private readonly List<SettingsNode> _sources = [];
    private readonly List<SettingsNode> _transforms = [];
    private readonly List<SettingsNode> _sinks = [];
    private int _tempCount;

    private SqlJob(SourceText source, VariableScope scope, IncludeReader? includes, List<Problem> problems)
    {
        _scope = scope;
        _problems = problems;
        _reading = new HoconReading(includes);
        _config = new HoconObject(source.At(0));
    }

    /// <summary>The settings that the file stands for; null when something in it is wrong.</summary>
    public static SettingsObject? Read(SourceText source, VariableScope scope, IncludeReader? includes, List<Problem> problems)
    {
        var before = problems.Count;
        var scanner = new SqlScanner(source, problems);
        scanner.Scan();
        var job = new SqlJob(source, scope, includes, problems);
        foreach (var block in scanner.ConfigBlocks) HoconParser.ParseRoot(block, job._reading, job._config);
        var statements = scanner.Statements.Select(statement => SqlStatementParser.Parse(statement, problems)).OfType<SqlStatement>().ToList();
        var allRead = problems.Count == before;
        job.Declare(statements);
        foreach (var statement in statements) job.Add(statement);
        if (allRead) job.CheckComplete(statements);
        var root = job.Root();
        problems.AddRange(job._reading.Problems);
        return problems.Skip(before).Any(problem => problem.Severity == Severity.Error) ? null : root;
    }

    // Tables may be declared after their use, so all names are known before any statement is looked at.
    private void Declare(IReadOnlyList<SqlStatement> statements)
    {
        foreach (var statement in statements.Where(statement => statement is not InsertInto))
        {
            if (!_tables.TryAdd(statement.Name, statement)) Wrong(statement.NameWhere, $"Table name duplicate: {statement.Name}", $"It is declared in line {_tables[statement.Name].NameWhere.Line} too.");
        }
    }

    private void Add(SqlStatement statement)
    {
        switch (statement)
        {
            case CreateTable table when TypeOf(table) is "source":
                AddSource(table);
                break;
            case CreateTable table when TypeOf(table) is "sink":
                CheckConnector(table);
                break;
            case CreateTableAs query:
                AddTransform(query.Select, query.Name, query.Sql);
                break;
            case InsertInto insert:
                AddSink(insert);
                break;
        }
    }

    private void AddSource(CreateTable table)
    {
        if (!CheckConnector(table)) return;
        _sources.Add(Block(table, Entry(CommonKeys.PluginOutput, table.Name, table.NameWhere), table.NameWhere));
    }

    private bool AddTransform(SqlSelect select, string output, string sql)
    {
        if (select.From is not { } from || select.IsBareName)
        {
            Wrong(select.Where, $"Source table must be specified in SQL: {sql}", "Add FROM with a source table.");
            return false;
        }
        if (!CheckReadable(from, select.FromWhere)) return false;
        _transforms.Add(new SettingsObject(
        [
            Entry(JobSections.PluginName, "sql", select.Where),
            Entry(CommonKeys.PluginInput, from, select.FromWhere),
            Entry("query", _scope.Fill(select.Text), select.Where),
            Entry(CommonKeys.PluginOutput, output, select.Where),
        ]) { Where = select.Where });
        return true;
    }

    private void AddSink(InsertInto insert)
    {
        var known = _tables.GetValueOrDefault(insert.Name);
        var sink = known as CreateTable;
        if (known is not UnreadTable && (sink is null || TypeOf(sink) != "sink"))
        {
            Wrong(insert.NameWhere, $"The sink table[{insert.Name}] is not found", NotThatKind(insert.Name, "sink"));
        }
        var (input, isThere) = InputOf(insert);
        if (!isThere || sink is null || TypeOf(sink) != "sink" || sink.Option("connector") is null) return;
        _sinks.Add(Block(sink, Entry(CommonKeys.PluginInput, input, insert.NameWhere), insert.NameWhere));
    }

    private (string Input, bool IsThere) InputOf(InsertInto insert)
    {
        var select = insert.Select;
        if (select.IsBareName) return (select.From!, CheckReadable(select.From!, select.FromWhere));
        var name = $"{select.From}__temp{++_tempCount}";
        return (name, AddTransform(select, name, insert.Sql));
    }

    private bool CheckReadable(string table, TextPosition where)
    {
        var known = _tables.GetValueOrDefault(table);
        var isReadable = known is CreateTableAs || (known is CreateTable created && TypeOf(created) == "source");
        if (!isReadable && known is not UnreadTable) Wrong(where, $"The source table[{table}] is not found", NotThatKind(table, "source"));
        return isReadable;
    }

    private string? NotThatKind(string table, string wanted) => _tables.GetValueOrDefault(table) is CreateTable known
        ? $"The table of line {known.NameWhere.Line} needs 'type' = '{wanted}'."
        : Nearest.DidYouMean(table, _tables.Keys) ?? $"Declare it with CREATE TABLE {table} WITH ('connector' = '...', 'type' = '{wanted}').";

    private bool CheckConnector(CreateTable table)
    {
        if (table.Option("connector") is not null) return true;
        Wrong(table.NameWhere, "The connector of option is none", $"Add 'connector' = '...' to the table {table.Name}.");
        return false;
    }

    private void CheckComplete(IReadOnlyList<SqlStatement> statements)
    {
        if (!statements.Any(statement => statement is CreateTable table && TypeOf(table) == "source"))
        {
            Wrong(TextPosition.Nowhere, "The SQL config must contain at least one source table", "Declare one: CREATE TABLE t WITH ('connector' = '...', 'type' = 'source').");
        }
        if (!statements.Any(statement => statement is InsertInto))
        {
            Wrong(TextPosition.Nowhere, "The SQL config must contain `INSERT INTO ... SELECT ...` syntax", "Sinks are written by INSERT INTO sink SELECT ... FROM source.");
        }
    }

    private SettingsObject Block(CreateTable table, SettingsEntry wiring, TextPosition where)
    {
        var entries = new List<SettingsEntry> { Entry(JobSections.PluginName, table.Option("connector")!.Value, table.Option("connector")!.Source.At(0)) };
        foreach (var option in table.Options)
        {
            if (option.Key is "connector" or "type" || option.Key == wiring.Key) continue;
            if (ValueOf(option) is { } value) entries.Add(new SettingsEntry(option.Key, value) { KeyWhere = option.KeyWhere });
        }
        return new SettingsObject([.. entries, wiring]) { Where = where };
    }

    // In brackets it is HOCON, else text.
    private SettingsNode? ValueOf(SqlOption option)
    {
        if (option.Value.Trim() is ['{', .., '}'] or ['[', .., ']'])
        {
            return new HoconResolver(_config, _scope, _reading).Resolve(HoconParser.ParseValue(option.Source, _reading));
        }
        return new SettingsScalar(_scope.Fill(option.Value), ScalarKind.Text) { Quoted = true, Where = option.Source.At(0, option.Value.Length) };
    }

    private SettingsObject Root()
    {
        var config = new HoconResolver(_config, _scope, _reading).Resolve();
        foreach (var section in config.Entries.Where(entry => JobSections.IsSection(entry.Key)))
        {
            Wrong(section.KeyWhere, $"'{section.Key}' cannot stand in the config block of an SQL job.", "Declare tables with CREATE TABLE instead.");
        }
        return new SettingsObject(
        [
            .. config.Entries.Where(entry => !JobSections.IsSection(entry.Key)),
            new SettingsEntry(JobSections.Source, new SettingsList(_sources)),
            new SettingsEntry(JobSections.Transform, new SettingsList(_transforms)),
            new SettingsEntry(JobSections.Sink, new SettingsList(_sinks)),
        ]);
    }

    private static string? TypeOf(CreateTable table) => table.Option("type")?.Value.Trim().ToLowerInvariant();

    private static SettingsEntry Entry(string key, string value, TextPosition where) =>
        new(key, new SettingsScalar(value, ScalarKind.Text) { Quoted = true, Where = where }) { KeyWhere = where };

    private void Wrong(TextPosition where, string what, string? mend) =>
        _problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend });
}
