using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;

namespace Chunnel.Connectors.Jdbc.Tests;

/// <summary>What a person reads when something is wrong: code, cause, cure, and no secret.</summary>
public sealed class ErrorTests
{
    private static readonly TableSchema Table = Db.Table("t", ("id", DataType.Int), ("v", DataType.String));

    [Fact]
    public async Task A_wrong_password_is_named_and_not_shown()
    {
        await using var db = await Db.OpenAsync();
        var settings = TestSettings.Of($$"""{"url": "{{db.Url}}?password=also-wrong", "user": "chunnel", "password": "very-wrong", "table_path": "t"}""");
        var refused = await Db.RefusedAsync(async () => await new JdbcSourcePlugin().CreateAsync(new SourceContext { Settings = settings }, Db.Stop));
        refused.Message.ShouldContain("ErrorCode:[JDBC-04]");
        refused.Message.ShouldContain("password authentication failed for user \"chunnel\"");
        refused.Message.ShouldContain("Check 'user' and 'password'");
        refused.ToString().ShouldNotContain("very-wrong");
        refused.ToString().ShouldNotContain("also-wrong");
        refused.Code.Retry.ShouldBe(Retry.Never);
    }

    [Fact]
    public async Task A_missing_database_table_or_column_is_named()
    {
        await using var db = await Db.OpenAsync("create table t(id int)");
        var nowhere = TestSettings.Of(db.Json("\"table_path\": \"t\"").Replace($"/{db.Name}", "/nowhere", StringComparison.Ordinal));
        (await Db.RefusedAsync(async () => await new JdbcSourcePlugin().CreateAsync(new SourceContext { Settings = nowhere }, Db.Stop))).Message.ShouldContain("database \"nowhere\" does not exist");
        (await Db.RefusedAsync(async () => await db.SourceAsync("\"table_path\": \"public.T\""))).Message.ShouldContain("The table 'public.T' is not in jdbc:postgresql://127.0.0.1");
        (await Db.RefusedAsync(async () => await db.SourceAsync("\"query\": \"select nothing from t\""))).Message.ShouldContain("column \"nothing\" does not exist");
        (await Db.RefusedAsync(() => db.WriteAsync($"\"generate_sink_sql\": true, \"database\": \"{db.Name}\"", Table))).Message.ShouldContain("The table 't' has no column 'v'.");
        (await Db.RefusedAsync(() => db.WriteAsync("\"query\": \"insert into gone values (?, ?)\"", Table))).Message.ShouldContain("The table 'gone' is not in");
    }

    [Fact]
    public async Task A_server_that_is_not_there_may_come_back()
    {
        var settings = TestSettings.Of("""{"url": "jdbc:postgresql://127.0.0.1:1/x", "user": "u", "password": "p-of-nobody", "table_path": "t", "connection_check_timeout_sec": 5}""");
        var refused = await Should.ThrowAsync<ChunnelException>(async () => await new JdbcSourcePlugin().CreateAsync(new SourceContext { Settings = settings }, Db.Stop));
        refused.Message.ShouldContain("Is the server up");
        refused.ToString().ShouldNotContain("p-of-nobody");
        refused.Code.Retry.ShouldBe(Retry.Later);
    }

    [Fact]
    public async Task A_value_that_the_server_refuses_is_placed()
    {
        await using var db = await Db.OpenAsync("create table t(id int, v varchar(3) not null)");
        var to = $"\"generate_sink_sql\": true, \"database\": \"{db.Name}\"";
        var longer = await Db.RefusedAsync(() => db.WriteAsync(to, Table, new BoxedRow(1, "ok"), new BoxedRow(2, "too long")));
        longer.Message.ShouldContain("value too long for type character varying(3)");
        longer.Message.ShouldContain("line 2, column v");
        longer.Message.ShouldContain("Widen the column");
        longer.Code.Retry.ShouldBe(Retry.Never);
        (await Db.RefusedAsync(() => db.WriteAsync(to, Table, new BoxedRow(1, null)))).Message.ShouldContain("null value in column \"v\"");
        var nul = await Db.RefusedAsync(() => db.WriteAsync(to, Table, new BoxedRow(1, "ok"), new BoxedRow(2, "\0")));
        nul.Message.ShouldContain("column 'v', row 2");
        nul.Message.ShouldContain("nul_character = \"REMOVE\"");
        (await db.RowsAsync("select * from t")).ShouldBeEmpty();
        await db.WriteAsync(to + ", \"nul_character\": \"REMOVE\"", Table, new BoxedRow(2, "a\0b"));
        (await db.RowsAsync("select * from t")).ShouldBe(["2|ab"]);
    }

    [Theory]
    [InlineData("jdbc:oracle:thin:@//host/x", "No suitable dialect factory found for 'jdbc:oracle:'")]
    [InlineData("postgresql://host/x", "it does not begin with 'jdbc:'")]
    [InlineData("jdbc:postgresql://u:secret@host/x", "use the options 'user' and 'password'")]
    [InlineData("jdbc:postgresql://host:port/x", "no number from 1 to 65535")]
    [InlineData("jdbc:postgresql://host/x?sslmode=perhaps", "disable, allow, prefer, require, verify-ca or verify-full")]
    public void A_url_that_is_none_is_refused(string url, string says)
    {
        var problems = new JdbcSourcePlugin().Check(TestSettings.Of($$"""{"url": "{{url}}", "table_path": "t"}"""));
        problems.Where(problem => problem.Severity == Severity.Error).ShouldContain(problem => problem.What.Contains(says, StringComparison.Ordinal));
        string.Join('\n', problems).ShouldNotContain("secret");
    }

    [Fact]
    public void Parameters_are_honoured_or_warned_about()
    {
        var problems = new JdbcSourcePlugin().Check(TestSettings.Of("""
            {"url": "jdbc:postgresql://a:1,[::1]:2/x?currentSchema=s&reWriteBatchedInserts=true&zeroDateTimeBehavior=convertToNull", "properties": {"sslMod": "require", "connectTimeout": "5"}, "table_path": "t"}
            """));
        problems.Select(problem => problem.What).ShouldBe(["The connection parameter 'zeroDateTimeBehavior' is ignored: Chunnel does not know it.", "The connection parameter 'sslMod' is ignored: Chunnel does not know it."]);
        problems[1].Mend.ShouldBe("Did you mean 'sslmode'?");
        JdbcUrl.Parse("jdbc:postgresql://a:1,[::1]:2/x%20y").Hosts.ShouldBe([new JdbcHost("a", 1), new JdbcHost("::1", 2)]);
        JdbcUrl.Parse("jdbc:postgresql:db").Database.ShouldBe("db");
    }

    /// <summary>The words of the Java driver: 'allow', its default, tries a plain connection first.</summary>
    [Theory]
    [InlineData("disable", Npgsql.GssEncryptionMode.Disable)]
    [InlineData("allow", Npgsql.GssEncryptionMode.Disable)]
    [InlineData("prefer", Npgsql.GssEncryptionMode.Prefer)]
    [InlineData("Require", Npgsql.GssEncryptionMode.Require)]
    public void Encryption_by_kerberos_is_asked_for_by_parameter(string word, Npgsql.GssEncryptionMode mode)
    {
        var text = new Npgsql.NpgsqlConnectionStringBuilder();
        PgParameters.Apply(JdbcUrl.Parse($"jdbc:postgresql://a/x?gssEncMode={word}"), text);
        text.GssEncryptionMode.ShouldBe(mode);
        PgParameters.Check(JdbcUrl.Parse("jdbc:postgresql://a/x?gssEncMode=maybe"), TextPosition.Nowhere).ShouldHaveSingleItem().What
            .ShouldBe("The connection parameter 'gssEncMode' has a value that it cannot have: it takes disable, allow, prefer or require.");
    }

    [Fact]
    public async Task The_schema_of_the_url_is_the_default()
    {
        await using var db = await Db.OpenAsync("create schema s; create table s.t(id int, v text); insert into s.t values (1, 'a')");
        var settings = TestSettings.Of(db.Json("\"table_path\": \"t\"").Replace(db.Name, $"{db.Name}?currentSchema=s", StringComparison.Ordinal));
        await using var source = await new JdbcSourcePlugin().CreateAsync(new SourceContext { Settings = settings }, Db.Stop);
        source.Tables[0].TableId.ShouldBe($"{db.Name}.s.t");
    }
}
