using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Kinora.Errors;

namespace Kinora.Adapters.Storage.S3;

/// <summary>
/// What a bucket's faults are to Kinora. The texts name settings, and nothing else: no bucket, host, key or signature. The fault itself is not handed on,
/// as answers to a wrong signature hold what was signed.
/// </summary>
internal static class S3Faults
{
    /// <summary>It is not a fault of ours, and not one that anybody asked for.</summary>
    public static bool Is(Exception fault, CancellationToken cancel) => fault switch
    {
        OperationCanceledException => !cancel.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException => true,
        IOException => fault is not (FileNotFoundException or DirectoryNotFoundException),
        _ => false,
    };

    public static KinoraException Of(Exception fault)
    {
        var code = (fault as AmazonServiceException)?.ErrorCode ?? "";
        var status = (fault as AmazonServiceException)?.StatusCode ?? 0;
        return (code, status) switch
        {
            _ when fault is IOException io && Assets.DiskFull.Is(io) => FilePlacement.Full(io),
            (_, HttpStatusCode.InsufficientStorage) or ("QuotaExceeded" or "XMinioStorageFull", _) =>
                new KinoraException(ErrorCodes.StorageFull, "The bucket for results is full. Have room made there.", Detail(fault)),
            ("NoSuchBucket", _) => Unavailable("The bucket for results does not exist. Make it, or correct Storage:S3:Bucket and Storage:S3:Endpoint.", fault),
            ("RequestTimeTooSkewed" or "RequestExpired", _) => Unavailable("The bucket for results turns us away because our clock is wrong. Have the clock set.", fault),
            ("PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException", _)
                or (_, HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect) =>
                Unavailable("The bucket for results is in another region. Correct Storage:S3:Region or Storage:S3:Endpoint.", fault),
            ("InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "ExpiredToken", _) or (_, HttpStatusCode.Unauthorized) =>
                Unavailable("The bucket for results does not accept our key. Correct Storage:S3:AccessKey and Storage:S3:SecretKey (or the AWS_ variables).", fault),
            (_, HttpStatusCode.Forbidden) =>
                Unavailable("The bucket for results turns us away. Check Storage:S3:AccessKey and Storage:S3:SecretKey, and that the key may list, read, write and delete there.", fault),
            (_, >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) =>
                Unavailable("The bucket for results cannot be used at the moment; it answers with a fault of its own.", fault),
            (_, >= HttpStatusCode.BadRequest) => Unavailable("The bucket for results refuses what is asked of it. Check Storage:S3:Endpoint and Storage:S3:PathStyle; the log tells more.", fault),
            _ => Unavailable("The bucket for results does not answer. See that it is up and that Storage:S3:Endpoint is right.", fault),
        };
    }

    public static bool IsMissing(Exception fault) => fault is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };

    private static KinoraException Unavailable(string text, Exception fault) => new(ErrorCodes.StorageUnavailable, text, Detail(fault));

    /// <summary>For the log: kind, status and code, none of which the other end can fill with what it likes.</summary>
    private static string Detail(Exception fault) => fault is AmazonServiceException { StatusCode: not 0 } known
        ? FormattableString.Invariant($"{(int)known.StatusCode} {new string([.. (known.ErrorCode ?? "").Where(char.IsAsciiLetterOrDigit).Take(60)])}")
        : $"{fault.GetType().Name}{(Innermost(fault) is var inner && inner != fault ? $" ({inner.GetType().Name})" : "")}";

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
