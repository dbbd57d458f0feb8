namespace Chunnel.Core.Tests;

/// <summary>S10: secrets are hidden by their values in texts that others wrote.</summary>
public sealed class SecretValuesTests
{
    private static readonly SecretValues Values = Of("""
        {"password": "hunter22", "token": "abc", "pin": ["12345", true, 6], "username": "scott", "api_key": {"id": "key-of-mine"},
         "url": "jdbc:mysql://h/d?user=u&password=p%2Fss+word", "uri": "mongodb://u:geheim!@h/d", "database": "orders", "auth": "", "secret_key": "say \"it\"\nnow"}
        """);

    [Theory]
    [InlineData("password hunter22 is wrong", "password ****** is wrong")]
    [InlineData("HUNTER22hunter22x", "************x")]
    [InlineData("abc, abcd, xabc, (abc)", "******, abcd, xabc, (******)")]
    [InlineData("ABC stays: short secrets keep their case", "ABC stays: short secrets keep their case")]
    [InlineData("pin 12345, not 123456", "pin ******, not 123456")]
    [InlineData("6 is too short to be one, true is none", "6 is too short to be one, true is none")]
    [InlineData("for user scott, key-of-mine", "for user ******, ******")]
    [InlineData("p%2Fss+word p/ss+word p%252Fss%2Bword", "****** ****** ******")]
    [InlineData("geheim!geheim%21", "************")]
    [InlineData("{\"said\": \"say \\\"it\\\"\\nnow\"}", "{\"said\": \"******\"}")]
    [InlineData("Basic aHVudGVyMjI=", "Basic ******=")]
    [InlineData("say \"it\"\nnow", "******")]
    [InlineData("table orders of h", "table orders of h")]
    [InlineData("", "")]
    public void A_secret_is_hidden_in_every_form_that_programs_write_it_in(string text, string shown) => Values.Hide(text).ShouldBe(shown);

    /// <summary>Hiding the name of the database in every error would help nobody.</summary>
    [Theory]
    [InlineData("""{"username": "orders", "url": "jdbc:postgresql://h:5432/orders"}""")]
    [InlineData("""{"username": "orders", "table_path": ["shop.orders"]}""")]
    public void A_user_that_is_called_as_what_the_job_says_openly_is_shown(string job) => Of(job).Hide("relation orders of orders").ShouldBe("relation orders of orders");

    [Fact]
    public void A_password_that_is_called_so_is_not() => Of("""{"password": "orders", "table": "orders"}""").Hide("relation orders").ShouldBe("relation ******");

    [Fact]
    public void A_user_called_default_does_not_hide_tables() => Of("""{"username": "default"}""").Hide("default.default.default").ShouldBe("default.default.default");

    [Fact]
    public void A_problem_is_hidden_in_code_cause_and_cure()
    {
        var shown = Values.Hide(new Problem(CommonErrors.FileMissing("x", "read", "hunter22"), "hunter22!") { Mend = "not hunter22" });
        shown.ToString().ShouldBe("ErrorCode:[COMMON-22], ErrorDescription:[x read file '******' failed, because it not existed.] - ******! not ******");
    }

    [Fact]
    public void Without_secrets_a_text_is_the_same_text()
    {
        var text = new string('x', 10);
        SecretValues.None.Hide(text).ShouldBeSameAs(text);
        Values.Hide(text).ShouldBeSameAs(text);
    }

    private static SecretValues Of(string json) => SecretValues.Of([((SettingsObject)JsonParser.Parse(new SourceText("", json)).Value!, ["pin"])]);
}
