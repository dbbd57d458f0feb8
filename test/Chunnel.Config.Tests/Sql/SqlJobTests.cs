using Chunnel.Core;

namespace Chunnel.Config.Tests.Sql;

[Trait("spec", "config.md 9")]
public sealed class SqlJobTests
{
    private const string Env = "/* config\nenv {\n  job.mode = \"BATCH\"\n}\n*/\n";
    private const string Src = "CREATE TABLE src (id INT) WITH ('connector' = 'FakeSource', 'type' = 'source');\n";
    private const string Snk = "create table snk with ('connector' = 'Console', 'type' = 'sink');\n";

    private static string Options(PluginBlock block) => SettingsJson.Compact(block.Options);

    [Fact]
    [Trait("spec", "engine.md 41, 42")]
    public void The_documented_example_is_read()
    {
        var job = Jobs.Sql("""
            /* config
            env {
              parallelism = 1
              job.mode = "BATCH"
            }
            */
            CREATE TABLE fake_source (
              id INT,
              name STRING,
              age INT
            ) WITH (
              'connector' = 'FakeSource',
              'rows' = '[
                { fields = [1, "Alice", 25], kind = INSERT },
                { fields = [2, "Bob", 30], kind = INSERT }
              ]',
              'schema' = '{
                fields {
                  id = "int",
                  name = "string",
                  age = "int"
                }
              }',
              'type' = 'source'
            );
            CREATE TABLE console_sink (id INT, name STRING, age INT) WITH ('connector' = 'Console', 'type' = 'sink');
            INSERT INTO console_sink SELECT * FROM fake_source;
            """).Good();
        job.Env.Parallelism.ShouldBe(1);
        job.Env.ModeIsGiven.ShouldBeTrue();
        job.Sources.Single().PluginName.ShouldBe("FakeSource");
        Options(job.Sources[0]).ShouldBe("""{"rows":[{"fields":[1,"Alice",25],"kind":"INSERT"},{"fields":[2,"Bob",30],"kind":"INSERT"}],"schema":{"fields":{"id":"int","name":"string","age":"int"}},"plugin_output":"fake_source"}""");
        job.Transforms.Single().PluginName.ShouldBe("sql");
        Options(job.Transforms[0]).ShouldBe("""{"plugin_input":"fake_source","query":"SELECT * FROM fake_source","plugin_output":"fake_source__temp1"}""");
        Options(job.Sinks.Single()).ShouldBe("""{"plugin_input":"fake_source__temp1"}""");
    }

    [Fact]
    [Trait("spec", "engine.md 43")]
    public void Comments_are_dropped_and_quotes_protect()
    {
        var job = Jobs.Sql(Env + "-- a note; with a semicolon;\n/* block\n comment; */\n" + Src + Snk + "INSERT INTO snk -- tail; here\nSELECT 'a;b', 'x -- y', '/* z */', 5--3 FROM src -- end\n;").Good();
        job.Transforms[0].Options["query"].ShouldBeOfType<SettingsScalar>().Text.ShouldBe("SELECT 'a;b', 'x -- y', '/* z */', 5--3 FROM src");
    }

    [Fact]
    [Trait("case", "sql-comment-marks-inside-literals")]
    public void Literals_arrive_whole() =>
        Jobs.File("cases/sql-comment-marks-inside-literals.sql").Good().Transforms[0].Options["query"].ShouldBeOfType<SettingsScalar>().Text
            .ShouldBe("SELECT id, 'a;b' AS c1, 'x -- y' AS c2, 'it''s;' AS c3, '/* not a block */' AS c4 FROM src");

    [Fact]
    [Trait("spec", "engine.md 44")]
    public void A_query_table_may_be_inserted_from()
    {
        var job = Jobs.Sql(Env + Src + Snk + "CREATE TABLE mid AS SELECT id FROM src;\nINSERT INTO snk SELECT * FROM `mid`;").Good();
        job.Transforms.Select(Options).ShouldBe(
        [
            """{"plugin_input":"src","query":"SELECT id FROM src","plugin_output":"mid"}""",
            """{"plugin_input":"mid","query":"SELECT * FROM `mid`","plugin_output":"mid__temp1"}""",
        ]);
    }

    [Fact]
    [Trait("spec", "engine.md 45")]
    public void Every_insert_is_a_sink_of_its_own()
    {
        var job = Jobs.Sql(Env + Src + Snk + "INSERT INTO snk SELECT * FROM src;\nINSERT INTO snk SELECT id FROM src").Good();
        job.Sinks.Select(Options).ShouldBe(["""{"plugin_input":"src__temp1"}""", """{"plugin_input":"src__temp2"}"""]);
    }

    [Fact]
    public void Select_of_a_bare_table_name_needs_no_transform()
    {
        var job = Jobs.Sql(Env + "INSERT INTO snk SELECT src;\n" + Src + Snk).Good();
        job.Transforms.ShouldBeEmpty();
        Options(job.Sinks[0]).ShouldBe("""{"plugin_input":"src"}""");
    }

    [Fact]
    [Trait("spec", "engine.md 50")]
    public void Two_quotes_in_a_value_are_one_and_places_stay_right()
    {
        var job = Jobs.Sql(Env + "CREATE TABLE src WITH ('connector'='FakeSource','type'='source','a'='it''s','b'='[\"x''y\", 7]');\n" + Snk + "INSERT INTO snk SELECT src;").Good();
        Options(job.Sources[0]).ShouldBe("""{"a":"it's","b":["x'y",7],"plugin_output":"src"}""");
        job.Sources[0].Options["b"].ShouldBeOfType<SettingsList>().Items[1].Where.ToString().ShouldBe("job.sql:6:91");
    }

    [Fact]
    public void Several_config_blocks_go_together_and_their_constants_serve_the_options()
    {
        var job = Jobs.Sql("/* config\nenv { parallelism = 2 }\n*/\n/* config\nn = 5\nenv { job.name = x }\n*/\n" +
            "CREATE TABLE src WITH ('connector'='FakeSource','type'='source','a'='{ b = ${n} }');\n" + Snk + "INSERT INTO snk SELECT src;").Good();
        (job.Env.Parallelism, job.Env.JobName).ShouldBe((2, "x"));
        job.Sources[0].Options.Find("a.b")!.Value.ToString().ShouldBe("5");
    }

    [Fact]
    [Trait("spec", "config.md 3.2 SQL")]
    public void Variables_fill_values_and_queries_but_no_names()
    {
        var job = Jobs.Sql(Env + "CREATE TABLE src WITH ('connector'='FakeSource','type'='source','a'='${v}','b'='{ c = \"${v}\", d = ${v} }');\n" + Snk +
            "INSERT INTO snk SELECT '${v}' AS x FROM src;", "v=7").Good();
        Options(job.Sources[0]).ShouldBe("""{"a":"7","b":{"c":"7","d":7},"plugin_output":"src"}""");
        job.Transforms[0].Options["query"]!.ToString().ShouldBe("SELECT '7' AS x FROM src");
    }

    [Theory]
    [InlineData(Src + Src + Snk + "INSERT INTO snk SELECT src;", "Table name duplicate: src", 7)]
    [InlineData(Src + Snk + "INSERT INTO snk(id) SELECT id FROM src;", "Insert sql must not have columns", 8)]
    [InlineData(Src + Snk + "INSERT INTO snk VALUES (1);", "Insert sql must have select statement", 8)]
    [InlineData(Src + Snk + "INSERT INTO snk SELECT * FROM nope;", "The source table[nope] is not found", 8)]
    [InlineData(Src + Snk + "INSERT INTO snk SELECT * FROM snk;", "The source table[snk] is not found", 8)]
    [InlineData(Src + Snk + "INSERT INTO nope SELECT * FROM src;", "The sink table[nope] is not found", 8)]
    [InlineData(Src + Snk + "CREATE TABLE m AS SELECT 1;\nINSERT INTO snk SELECT src;", "Source table must be specified in SQL: CREATE TABLE m AS SELECT 1", 8)]
    [InlineData(Src + Snk + "INSERT INTO snk SELECT id, 1;", "Source table must be specified in SQL: INSERT INTO snk SELECT id, 1", 8)]
    [InlineData(Src + Snk + "DELETE FROM src;", "Unsupported SQL syntax: DELETE FROM src", 8)]
    [InlineData(Src + Snk + "INSERT INTO snk SELEC * FROM src;", "Unsupported SQL syntax: INSERT INTO snk SELEC * FROM src", 8)]
    [InlineData(Src + Snk, "The SQL config must contain `INSERT INTO ... SELECT ...` syntax", 0)]
    [InlineData(Snk + "INSERT INTO snk SELECT src;", "The SQL config must contain at least one source table", 0)]
    [InlineData("CREATE TABLE src WITH ('type' = 'source');\n" + Snk + "INSERT INTO snk SELECT src;", "The connector of option is none", 6)]
    [InlineData(Src + Snk + "INSERT INTO snk SELECT 'open FROM src;", "The quote that begins here is never closed.", 8)]
    [InlineData(Src + Snk + "INSERT INTO snk SELECT src; /* open", "The comment that begins here is never closed.", 8)]
    [InlineData("CREATE TABLE src WITH ('connector'='FakeSource','type'='source','a'='[1, ');\n", "never closed", 6)]
    [InlineData("CREATE TABLE src WITH ('connector'='F','type'='source','a'='{ b = \"x }');\n" + Snk + "INSERT INTO snk SELECT src;", "no closing quote", 6)]
    [InlineData("CREATE TABLE src WITH ('connector'='F','type'='source','a'='1','a'='2');\n" + Snk + "INSERT INTO snk SELECT src;", "The option 'a' stands twice in one WITH.", 6)]
    [Trait("spec", "config.md 9.3, engine.md 46, 47, 48, 49")]
    public void Mistakes_have_their_text_and_their_place(string sql, string mistake, int line)
    {
        var result = Jobs.Sql(Env + sql);
        if (mistake == "never closed")
        {
            // '[1, ' does not end with a bracket, so it is text: the job lacks its INSERT, nothing else.
            result.Mistakes().ShouldBe(["The SQL config must contain `INSERT INTO ... SELECT ...` syntax"]);
            return;
        }
        var problem = result.Problems.FirstOrDefault(problem => problem.What.Contains(mistake, StringComparison.Ordinal));
        problem.ShouldNotBeNull(string.Join('\n', result.Problems)).Where.Line.ShouldBe(line);
        result.Definition.ShouldBeNull();
    }

    [Fact]
    public void All_mistakes_come_at_once() =>
        Jobs.Sql(Env + Src + Src + "DELETE FROM x;\nINSERT INTO a SELECT * FROM b;\n").Mistakes().ShouldBe(
        [
            "Table name duplicate: src",
            "Unsupported SQL syntax: DELETE FROM x",
            "The sink table[a] is not found",
            "The source table[b] is not found",
        ]);

    [Fact]
    public void Without_a_config_block_env_is_missing() =>
        Jobs.Sql(Src + Snk + "INSERT INTO snk SELECT src;").Mistakes().ShouldBe(["No configuration setting found for key 'env'"]);

    [Fact]
    public void Values_of_a_statement_that_is_not_understood_are_not_shown() =>
        Jobs.Sql(Env + "CREATE TABLE t WITH ('connector' = 'Jdbc', 'password' = 's3cret' 'x');").Mistakes().ShouldAllBe(what => !what.Contains("s3cret"));
}
