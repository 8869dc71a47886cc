using System.ComponentModel.DataAnnotations;

namespace Kinora.Adapters.Storage.S3;

/// <summary>A bucket that results and inputs are kept in, instead of the disk. Section <c>Storage:S3</c>.</summary>
internal sealed record S3Options
{
    /// <summary>Address of the S3 service, e.g. `https://minio.example:9000`; null for Amazon's own in <see cref="Region"/>.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Name of the bucket. It must be there; Kinora makes none.</summary>
    public string? Bucket { get; init; }

    /// <summary>Region of the bucket; null for `AWS_REGION`, else `us-east-1` where <see cref="Endpoint"/> is set.</summary>
    public string? Region { get; init; }

    /// <summary>What all keys begin with, e.g. `kinora/`; null for nothing. Servers that share a database need the same.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether the bucket is part of the path instead of the host name; null for true where <see cref="Endpoint"/> is set.</summary>
    public bool? PathStyle { get; init; }

    /// <summary>Id of the access key; null for `AWS_ACCESS_KEY_ID`. No other place is looked at: no file of the user, no metadata service.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret of <see cref="AccessKey"/>; null for `AWS_SECRET_ACCESS_KEY`, with `AWS_SESSION_TOKEN` if that is set.</summary>
    public string? SecretKey { get; init; }

    /// <summary>How long one request may go unanswered, one part of 8 MiB may take to be sent, or a download may stand still, in seconds. Each is tried three times.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>How much of the local disk copies for media tools may take before the ones longest unused go, in MiB.</summary>
    [Range(0, 1 << 24)]
    public int CacheMegabytes { get; init; } = 4096;

    /// <summary>Nothing of it, lest a key gets into a log.</summary>
    public override string ToString() => nameof(S3Options);
}
