using System.Runtime.InteropServices;
using Chunnel.Core;
using Chunnel.TestKit;

namespace Chunnel.Transforms.Tests.Sql.Functions;

[Trait("spec", "transforms.md 6.5")]
public class VectorFunctionTests
{
    private static readonly TableSchema Vectors = Query.Table(("v", DataType.Vector(TypeKind.FloatVector)), ("w", DataType.Vector(TypeKind.FloatVector)));

    [Fact] // transforms.md 166
    public void Measures()
    {
        const string query = "select vector_dims(v) as d, vector_norm(v) as n, inner_product(v, w) as i, l1_distance(v, w) as l1, l2_distance(v, w) as l2, cosine_distance(v, w) as c from t";
        Query.Run(Vectors, query, new BoxedRow(Of(3, 4), Of(3, 4)), new BoxedRow(Of(1, 0), Of(0, 2)), new BoxedRow(Of(0, 0), Of(1, 1)), new BoxedRow(null, Of(1))).ShouldBe(
        [
            new BoxedRow(2, 5.0, 25.0, 0.0, 0.0, 0.0),
            new BoxedRow(2, 1.0, 0.0, 3.0, Math.Sqrt(5), 1.0),
            new BoxedRow(2, 0.0, 0.0, 2.0, Math.Sqrt(2), 1.0),
            new BoxedRow(null, null, null, null, null, null),
        ]);
    }

    [Fact] // transforms.md 166
    public void Vectors_of_two_lengths_fail_the_row() =>
        Should.Throw<ChunnelException>(() => Query.Run(Vectors, "select l2_distance(v, w) as x from t", new BoxedRow(Of(1), Of(1, 2)))).What.ShouldStartWith("Vectors must have the same dimension: 1 vs 2");

    [Fact]
    public void The_number_of_arguments_is_told() =>
        Query.Problems(Vectors, "select l1_distance(v) as x from t").Single().What.ShouldBe("L1_DISTANCE() requires exactly 2 arguments, but 1 were provided");

    [Fact]
    public void Normalized_vectors_have_length_one_and_zeros_stay() =>
        Query.Run(Vectors, "select vector_normalize(v) as x from t", new BoxedRow(Of(3, 4), null), new BoxedRow(Of(0, 0), null))
            .ShouldBe([new BoxedRow(Of(0.6f, 0.8f)), new BoxedRow(Of(0, 0))]);

    [Theory] // transforms.md 167
    [InlineData("TRUNCATE")]
    [InlineData("random_projection")]
    [InlineData("SPARSE_RANDOM_PROJECTION")]
    public void A_short_vector_is_not_reduced(string method) =>
        Query.Run(Vectors, $"select vector_reduce(v, 2, '{method}') as x from t", new BoxedRow(Of(3, 4), null)).ShouldBe([new BoxedRow(Of(3, 4))]);

    [Fact]
    public void Truncated_vectors_keep_the_first_numbers() =>
        Query.Run(Vectors, "select vector_reduce(v, 2, 'TRUNCATE') as x from t", new BoxedRow(Of(1, 2, 3), null)).ShouldBe([new BoxedRow(Of(1, 2))]);

    [Theory]
    [InlineData("RANDOM_PROJECTION")]
    [InlineData("SPARSE_RANDOM_PROJECTION")]
    public void A_projection_is_the_same_each_time_and_keeps_distances_about(string method)
    {
        var dice = new Random(7);
        float[] a = [.. Enumerable.Range(0, 300).Select(_ => dice.NextSingle())];
        float[] b = [.. Enumerable.Range(0, 300).Select(_ => dice.NextSingle())];
        var query = $"select vector_reduce(v, 100, '{method}') as x, l2_distance(v, w) as d, l2_distance(vector_reduce(v, 100, '{method}'), vector_reduce(w, 100, '{method}')) as e from t";
        var first = Query.Run(Vectors, query, new BoxedRow(Of(a), Of(b))).Single();
        Query.Run(Vectors, query, new BoxedRow(Of(a), Of(b))).Single().ShouldBe(first);
        ((double)first[2]! / (double)first[1]!).ShouldBeInRange(0.7, 1.3);
    }

    [Fact]
    public void An_unknown_method_is_refused() =>
        Query.Problems(Vectors, "select vector_reduce(v, 2, 'PCA') as x from t").Single().What.ShouldBe("Unknown reduction method: PCA");

    private static BoxedBytes Of(params float[] numbers) => new(MemoryMarshal.AsBytes<float>(numbers).ToArray());
}
