using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace Kinora.Adapters.Storage.S3;

/// <summary>Which bucket, and with which key: settings that have been checked.</summary>
internal sealed class S3Place
{
    private const int LongestPrefix = 512;

    private S3Place(S3Options options, string region, AWSCredentials credentials)
    {
        Bucket = options.Bucket!;
        Prefix = options.Prefix is null or "" ? "" : options.Prefix.TrimEnd('/') + "/";
        Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        CacheBytes = (long)options.CacheMegabytes << 20;
        Endpoint = options.Endpoint?.TrimEnd('/');
        Region = region;
        PathStyle = options.PathStyle ?? Endpoint is not null;
        Credentials = credentials;
    }

    public string Bucket { get; }

    /// <summary>Empty, or with a slash at its end.</summary>
    public string Prefix { get; }

    public TimeSpan Timeout { get; }

    public long CacheBytes { get; }

    private string? Endpoint { get; }

    private string Region { get; }

    private bool PathStyle { get; }

    private AWSCredentials Credentials { get; }

    /// <param name="faults">Gets what is wrong; then null is returned.</param>
    public static S3Place? Read(S3Options options, IReadOnlyDictionary<string, string> environment, ICollection<string> faults)
    {
        var before = faults.Count;
        if (string.IsNullOrWhiteSpace(options.Bucket) || options.Bucket.Contains('/', StringComparison.Ordinal))
        {
            faults.Add("Storage:S3:Bucket: the name of a bucket is expected; it must be there already.");
        }

        if (options.Endpoint is { } endpoint
            && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo != "" || address.Query != ""))
        {
            faults.Add("Storage:S3:Endpoint: an address such as https://minio.example:9000 is expected, without keys in it.");
        }

        if (options.Prefix is { } prefix && (prefix.StartsWith('/') || prefix.Contains("//", StringComparison.Ordinal) || prefix.Split('/').Any(p => p is "." or "..")
            || Encoding.UTF8.GetByteCount(prefix) > LongestPrefix))
        {
            faults.Add("Storage:S3:Prefix: a beginning of keys such as kinora/ is expected, without a slash before it.");
        }

        var region = options.Region ?? Named(environment, "AWS_REGION") ?? Named(environment, "AWS_DEFAULT_REGION") ?? (options.Endpoint is null ? null : "us-east-1");
        if (region is null)
        {
            faults.Add("Storage:S3:Region: the bucket's region is expected, e.g. eu-central-1.");
        }

        var credentials = ReadKey(options, environment, faults);
        return faults.Count == before ? new S3Place(options, region!, credentials!) : null;
    }

    /// <summary>A client for this place alone: it asks no other host for keys, regions or clocks.</summary>
    public AmazonS3Client Connect()
    {
        var config = new AmazonS3Config
        {
            HttpClientFactory = new S3HttpClients(Timeout),
            // Tries after the first one.
            MaxErrorRetry = 2,
            RetryMode = RequestRetryMode.Standard,
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            IgnoreConfiguredEndpointUrls = true,
            ForcePathStyle = PathStyle,
            // Many a service that speaks S3 knows no checksums in trailers. What is sent is covered by the signature's hash.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (Endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
        }
        else
        {
            config.ServiceURL = Endpoint;
            config.AuthenticationRegion = Region;
        }

        return new AmazonS3Client(Credentials, config);
    }

    private static AWSCredentials? ReadKey(S3Options options, IReadOnlyDictionary<string, string> environment, ICollection<string> faults)
    {
        if (options.AccessKey is { Length: > 0 } id && options.SecretKey is { Length: > 0 } secret)
        {
            return new BasicAWSCredentials(id, secret);
        }

        if (options.AccessKey is not null || options.SecretKey is not null)
        {
            faults.Add("Storage:S3: AccessKey and SecretKey are needed together.");
            return null;
        }

        if (Named(environment, "AWS_ACCESS_KEY_ID") is not { } knownId || Named(environment, "AWS_SECRET_ACCESS_KEY") is not { } knownSecret)
        {
            faults.Add("Storage:S3: a key is needed. Set AccessKey and SecretKey, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
            return null;
        }

        return Named(environment, "AWS_SESSION_TOKEN") is { } token
            ? new SessionAWSCredentials(knownId, knownSecret, token)
            : new BasicAWSCredentials(knownId, knownSecret);
    }

    private static string? Named(IReadOnlyDictionary<string, string> environment, string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
