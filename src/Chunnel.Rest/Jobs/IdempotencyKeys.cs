using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chunnel.Rest;

/// <summary>Remembers what was answered under callers' keys: an order that comes again, because its answer was lost, is not carried out again.</summary>
/// <param name="clock">The time.</param>
/// <param name="kept">How long a key is remembered.</param>
internal sealed class IdempotencyKeys(TimeProvider clock, TimeSpan kept)
{
    /// <summary>Keys that are remembered at most: the oldest go first.</summary>
    private const int Most = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private readonly Queue<Order> _byAge = new();

    /// <summary>Carries the order out, or answers what it answered before. Once begun it is carried out, whether its caller waits or not.</summary>
    /// <exception cref="RestRefusal">The key was used with another order.</exception>
    public async Task<AcceptedJob> OnceAsync(SubmitRequest request, Func<Task<AcceptedJob>> carryOut, CancellationToken stop)
    {
        var key = request.Key!;
        var order = Find(key, MarkOf(request), carryOut);
        try
        {
            return await order.Answer.Value.WaitAsync(stop);
        }
        catch when (order.Answer.Value is { IsCompleted: true, IsCompletedSuccessfully: false })
        {
            // What was refused may be tried again.
            Forget(order);
            throw;
        }
    }

    private Order Find(string key, string mark, Func<Task<AcceptedJob>> carryOut)
    {
        lock (_lock)
        {
            var oldest = clock.GetUtcNow() - kept;
            while (_byAge.TryPeek(out var first) && (first.Taken < oldest || _byAge.Count > Most)) Remove(_byAge.Dequeue());
            if (_orders.TryGetValue(key, out var known))
            {
                return known.Mark == mark
                    ? known
                    : throw new RestRefusal(StatusCodes.Status422UnprocessableEntity, $"The idempotency key '{key}' was used with another order. Use a new key for a new order.");
            }
            var order = new Order(key, mark, clock.GetUtcNow(), new Lazy<Task<AcceptedJob>>(carryOut));
            _orders[key] = order;
            _byAge.Enqueue(order);
            return order;
        }
    }

    private void Forget(Order order)
    {
        lock (_lock) Remove(order);
    }

    private void Remove(Order order)
    {
        if (_orders.TryGetValue(order.Key, out var known) && ReferenceEquals(known, order)) _orders.Remove(order.Key);
    }

    private static string MarkOf(SubmitRequest request) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.JobId}\n{request.Name}\n{request.StartsFromSavepoint}\n{request.Content()}")));

    private sealed record Order(string Key, string Mark, DateTimeOffset Taken, Lazy<Task<AcceptedJob>> Answer);
}
