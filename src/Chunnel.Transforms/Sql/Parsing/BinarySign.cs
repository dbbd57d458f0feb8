namespace Chunnel.Transforms.Sql.Parsing;

internal enum BinarySign
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Concat,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

internal static class BinarySigns
{
    private static readonly string[] Texts = ["OR", "AND", "=", "<>", "<", "<=", ">", ">=", "||", "+", "-", "*", "/", "%"];

    public static string ToText(this BinarySign sign) => Texts[(int)sign];

    /// <summary>Equal(a, b) is Equal(b, a); Less(a, b) is Greater(b, a).</summary>
    public static BinarySign Mirrored(this BinarySign sign) => sign switch
    {
        BinarySign.Less => BinarySign.Greater,
        BinarySign.LessOrEqual => BinarySign.GreaterOrEqual,
        BinarySign.Greater => BinarySign.Less,
        BinarySign.GreaterOrEqual => BinarySign.LessOrEqual,
        _ => sign,
    };
}
