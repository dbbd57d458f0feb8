using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>
/// A medium in a bucket. A key is written only if it is absent by <c>If-None-Match: *</c>; not every store that speaks S3 heeds that one, and
/// <see cref="ArbitratesAsync"/> tells. Checkpoints do without: each of their keys has one writer.
/// </summary>
public sealed class S3Medium : IObjectMedium
{
    private const string Cure = "Look at the bucket, the endpoint, the two keys and what they allow.";
    private const string ProbeKey = "probe/";

    private readonly S3Place _place;
    private readonly AmazonS3Client _client;

    public S3Medium(S3Place place)
    {
        _place = place;
        var config = new AmazonS3Config
        {
            ForcePathStyle = place.PathStyle,
            AuthenticationRegion = place.Region,
            // Checksums of Amazon's newer kind are refused elsewhere; what is written here carries its own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (place.Endpoint is { } endpoint) config.ServiceURL = endpoint.ToString();
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(place.Region);
        _client = place switch
        {
            { IsAnonymous: true } => new AmazonS3Client(new AnonymousAWSCredentials(), config),
            { AccessKey: { } access, SecretKey: { } secret } => new AmazonS3Client(new BasicAWSCredentials(access, secret), config),
            _ => new AmazonS3Client(config),
        };
    }

    public string Place => _place.ToString();

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> value, CancellationToken stop)
    {
        using var content = new MemoryStream(value.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = _place.Bucket,
            Key = _place.Prefix + key,
            InputStream = content,
            IfNoneMatch = "*",
            UseChunkEncoding = false,
        };
        try
        {
            await _client.PutObjectAsync(request, stop);
            return PutOutcome.Won;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return PutOutcome.Taken;
        }
        catch (Exception fault) when (IsOfStore(fault, stop))
        {
            throw Told(fault, key, writes: true);
        }
    }

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken stop)
    {
        try
        {
            using var answer = await _client.GetObjectAsync(_place.Bucket, _place.Prefix + key, stop);
            using var bytes = new MemoryStream(checked((int)answer.ContentLength));
            await answer.ResponseStream.CopyToAsync(bytes, stop);
            return bytes.Length == answer.ContentLength ? bytes.ToArray() : throw new IOException($"The answer ended after {bytes.Length} of {answer.ContentLength} bytes.");
        }
        catch (AmazonS3Exception fault) when (IsNoSuchKey(fault))
        {
            return null;
        }
        catch (Exception fault) when (IsOfStore(fault, stop))
        {
            throw Told(fault, key, writes: false);
        }
    }

    public async ValueTask<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken stop)
    {
        try
        {
            var keys = new List<string>();
            var request = new ListObjectsV2Request { BucketName = _place.Bucket, Prefix = _place.Prefix + prefix };
            do
            {
                var page = await _client.ListObjectsV2Async(request, stop);
                if (page.S3Objects is { } objects) keys.AddRange(objects.Select(found => found.Key[_place.Prefix.Length..]));
                request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (request.ContinuationToken is not null);
            keys.Sort(StringComparer.Ordinal);
            return keys;
        }
        catch (Exception fault) when (IsOfStore(fault, stop))
        {
            throw Told(fault, prefix, writes: false);
        }
    }

    public async ValueTask DeleteAsync(string key, CancellationToken stop)
    {
        try
        {
            await _client.DeleteObjectAsync(_place.Bucket, _place.Prefix + key, stop);
        }
        catch (AmazonS3Exception fault) when (IsNoSuchKey(fault))
        {
            // Then it is as it should be.
        }
        catch (Exception fault) when (IsOfStore(fault, stop))
        {
            throw Told(fault, key, writes: true);
        }
    }

    /// <summary>The store copies it; an object appears whole or not at all. Of two who publish under one key at once, both may be told that they won.</summary>
    public async ValueTask<PutOutcome?> PublishAsync(string key, string finalKey, CancellationToken stop)
    {
        try
        {
            if ((await ListAsync(finalKey, stop)).Contains(finalKey)) return PutOutcome.Taken;
            await _client.CopyObjectAsync(new CopyObjectRequest { SourceBucket = _place.Bucket, SourceKey = _place.Prefix + key, DestinationBucket = _place.Bucket, DestinationKey = _place.Prefix + finalKey }, stop);
            return PutOutcome.Won;
        }
        catch (AmazonS3Exception fault) when (IsNoSuchKey(fault))
        {
            return null;
        }
        catch (Exception fault) when (IsOfStore(fault, stop))
        {
            throw Told(fault, finalKey, writes: true);
        }
    }

    /// <summary>Writes a key twice: whether the store lets only the first one through, so that a control log may lie here.</summary>
    public async ValueTask<bool> ArbitratesAsync(CancellationToken stop)
    {
        var key = ProbeKey + Guid.NewGuid().ToString("N");
        try
        {
            await PutIfAbsentAsync(key, "first"u8.ToArray(), stop);
            return await PutIfAbsentAsync(key, "second"u8.ToArray(), stop) == PutOutcome.Taken && (await GetAsync(key, stop)).AsSpan().SequenceEqual("first"u8);
        }
        finally
        {
            await DeleteAsync(key, stop);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsNoSuchKey(AmazonS3Exception fault) => fault is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    private static bool IsOfStore(Exception fault, CancellationToken stop) =>
        fault is AmazonServiceException or AmazonClientException or HttpRequestException or IOException || (fault is OperationCanceledException && !stop.IsCancellationRequested);

    private StorageException Told(Exception fault, string key, bool writes)
    {
        var what = $"'{key}' at {Place}: {fault.Message}";
        // Whoever is refused knows; of a fault of the store, or on the way there, nothing is known.
        var isRefused = fault is AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout and not HttpStatusCode.Conflict };
        return writes && !isRefused ? new OutcomeUnknownException(what, fault) { Mend = Cure } : new StorageException(what, fault) { Mend = Cure };
    }
}
