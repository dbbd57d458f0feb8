namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.2")]
public class NumberFunctionTests
{
    [Theory] // transforms.md 143, 145, 146
    [InlineData("MOD(13, 5)", "3", "INT")]
    [InlineData("MOD(13, 5.4)", "2.2", "DOUBLE")]
    [InlineData("MOD(-13, 5)", "-3", "INT")]
    [InlineData("CEIL(13.2)", "14.0", "DOUBLE")]
    [InlineData("FLOOR(13.2)", "13.0", "DOUBLE")]
    [InlineData("CEIL(7)", "7", "INT")]
    [InlineData("ROUND(2.5)", "3.0", "DOUBLE")]
    [InlineData("ROUND(-2.5)", "-3.0", "DOUBLE")]
    [InlineData("ROUND(120.72124, 2)", "120.72", "DOUBLE")]
    [InlineData("ROUND(1234, -2)", "1200", "INT")]
    [InlineData("TRUNC(120.729, 2)", "120.72", "DOUBLE")]
    [InlineData("SIGN(-7.5)", "-1", "INT")]
    [InlineData("ABS(CAST(-5 AS SMALLINT))", "5", "SMALLINT")]
    [InlineData("POWER(13.2, 2)", "174.23999999999998", "DOUBLE")]
    [InlineData("LN(13.2)", "2.580216829592325", "DOUBLE")]
    [InlineData("LOG(10, 13.2)", "1.1205739312058498", "DOUBLE")]
    [InlineData("LOG(2, 8)", "3.0", "DOUBLE")]
    [InlineData("LOG(1, 10)", "Infinity", "DOUBLE")]
    [InlineData("ATAN2(1, 2)", "0.4636476090008061", "DOUBLE")]
    [InlineData("ATAN2(NULL, 2)", null, "DOUBLE")]
    [InlineData("RADIANS(180)", "3.141592653589793", "DOUBLE")]
    [InlineData("ACOS(2)", "NaN", "DOUBLE")]
    [InlineData("TRIM_SCALE(CAST('1.500' AS DECIMAL(5, 3)))", "1.5", "DECIMAL(5, 3)")]
    [InlineData("TRIM_SCALE(CAST('100' AS DECIMAL(5, 2)))", "100", "DECIMAL(5, 2)")]
    [InlineData("TRIM_SCALE(CAST('0.00' AS DECIMAL(5, 2)))", "0", "DECIMAL(5, 2)")]
    [InlineData("TRIM_SCALE(7)", "7", "INT")]
    public void Numbers_and_their_types(string expression, string? value, string type)
    {
        Query.ValueOf(expression).ShouldBe(value, expression);
        Query.TypeOf(expression).ShouldBe(type, expression);
    }

    [Theory] // transforms.md 144, 148, 149
    [InlineData("MOD(13, 0)", "Mod by zero")]
    [InlineData("MOD(13.5, 0)", "Mod by zero")]
    [InlineData("LN(0)", "Unsupported function LN() argument: 0.0")]
    [InlineData("LN(-1)", "Unsupported function LN() argument: -1.0")]
    [InlineData("LOG10(0)", "Unsupported function LOG10() argument: 0.0")]
    [InlineData("LOG(0, 5)", "Unsupported function LOG() base: 0.0")]
    [InlineData("LOG(5, 0)", "Unsupported function LOG() argument: 0.0")]
    [InlineData("COT(0)", "Division by zero")]
    public void A_number_without_a_value_fails_the_row(string expression, string why) => Query.FailureOf(expression).ShouldStartWith(why);

    [Fact] // transforms.md 147, as decided: null stays null
    public void The_sign_of_null_is_null() => Query.ValueOf("SIGN(NULL)").ShouldBeNull();
}
