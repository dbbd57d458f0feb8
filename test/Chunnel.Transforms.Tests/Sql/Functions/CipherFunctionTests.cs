using Chunnel.Core;
using Chunnel.Plugins;
using Chunnel.TestKit;
using Chunnel.Transforms.Sql;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.4")]
public class CipherFunctionTests
{
    [Theory] // transforms.md 169
    [InlineData("DES_ENCRYPT('12345678', 'hello')", "sxqYZRqwq+Q=")]
    [InlineData("DES_DECRYPT('12345678', DES_ENCRYPT('12345678', 'héllo 中🙂'))", "héllo 中🙂")]
    [InlineData("DES_DECRYPT('87654321', DES_ENCRYPT('12345678', 'hello'))", "sxqYZRqwq+Q=")]
    [InlineData("DES_DECRYPT('12345678', 'no base64!')", "no base64!")]
    [InlineData("DES_DECRYPT('12345678and more', DES_ENCRYPT('12345678', 'x'))", "x")]
    [InlineData("DES_ENCRYPT('12345678', NULL)", null)]
    public void Des(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("AES_ENCRYPT('hello', 'secret', '1234567890123456')", "U186UnwKzPvdcatKH5fxaQ==")]
    [InlineData("AES_DECRYPT('U186UnwKzPvdcatKH5fxaQ==', 'secret', '1234567890123456')", "hello")]
    [InlineData("AES_DECRYPT(AES_ENCRYPT('héllo', 'secret'), 'secret')", "héllo")]
    [InlineData("AES_DECRYPT(AES_ENCRYPT('', 'base64:MTIzNDU2Nzg5MDEyMzQ1Ng=='), 'base64:MTIzNDU2Nzg5MDEyMzQ1Ng==')", "")]
    [InlineData("AES_ENCRYPT('a', 'k') <> AES_ENCRYPT('a', 'k')", "true")]
    [InlineData("AES_ENCRYPT(NULL, 'k')", null)]
    public void Aes(string expression, string? value) => Query.ValueOf(expression).ShouldBe(value, expression);

    [Theory]
    [InlineData("DES_ENCRYPT('short', 'x')", "The password of function DES_ENCRYPT is shorter than 8 characters")]
    [InlineData("AES_ENCRYPT('x', 'base64:AAAA')", "The key of function AES_ENCRYPT cannot be used: it has 3 bytes, not 16, 24 or 32")]
    [InlineData("AES_ENCRYPT('x', 'base64:?')", "The key of function AES_ENCRYPT cannot be used: it is no Base64")]
    [InlineData("AES_ENCRYPT('x', 'k', 'short')", "The IV of function AES_ENCRYPT has not 16 bytes")]
    public void Keys_that_protect_nothing_are_refused(string expression, string what) => Query.ProblemOf(expression).What.ShouldBe(what);

    /// <summary>The row behind one with a weak key must not get the key of the row before it.</summary>
    [Fact]
    public async Task A_weak_key_encrypts_no_row_of_those_that_have_it()
    {
        const string Weak = "\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001";
        var table = new TableSchema(TablePath.Parse("t"), [new ColumnDef("password", DataType.String)]);
        var settings = TestSettings.Of("""{ "query": "select DES_ENCRYPT(password, 'hello') as x from t", "row_error_handle_way": "SKIP" }""");
        await using var transform = await new SqlPlugin().CreateAsync(new TransformContext { Settings = settings, Tables = [table] }, TestContext.Current.CancellationToken);
        var told = new List<SkippedRow>();
        await transform.OpenAsync(new TransformRuntime { Subtask = 0, Memory = BatchMemory.Unlimited(), Skipped = told.Add }, TestContext.Current.CancellationToken);
        var output = new Collected();
        await transform.ApplyAsync(BoxedRows.ToBatch(table, [new("12345678"), new(Weak), new(Weak), new("12345678")], BatchMemory.Unlimited()), output, TestContext.Current.CancellationToken);
        output.Rows.ShouldBe([new BoxedRow("sxqYZRqwq+Q="), new BoxedRow("sxqYZRqwq+Q=")]);
        told.Select(row => row.Place).ShouldBe(["row 2", "row 3"]);
    }

    [Fact]
    public void What_cannot_be_decrypted_fails_the_row() =>
        Query.FailureOf("AES_DECRYPT('AAAA', 'secret')").ShouldStartWith("the text cannot be decrypted with this key");
}
