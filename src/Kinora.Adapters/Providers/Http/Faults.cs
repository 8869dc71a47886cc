using System.Text;
using Kinora.Adapters.Fetch;

namespace Kinora.Adapters.Providers.Http;

/// <summary>Plain words for what went wrong on the wire. Texts of exceptions are not passed on: they name addresses and files.</summary>
internal static class Faults
{
    public static string Describe(Exception fault) => fault switch
    {
        _ when GuardedConnect.IsRefusal(fault) => "the address is private",
        _ when GuardedConnect.IsUnknownName(fault) => "its name is not known",
        OperationCanceledException { InnerException: TimeoutException } => "no connection could be made in time",
        OperationCanceledException => "no answer came in time",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection could be made",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection could be made",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => "the answer was no proper HTTP",
        HttpRequestException or IOException => "the connection broke",
        _ => "something broke on our side",
    };

    /// <summary>The status and the provider's own words, cleaned; without a full stop.</summary>
    public static string Say(ApiReply reply, Redactor redactor)
    {
        var words = ProviderError.Read(reply)?.Text ?? (reply.IsPage ? "a web page" : !reply.Whole ? "a broken or oversized body" : Start(reply));
        var clean = redactor.Clean(words).TrimEnd('.');
        return clean.Length > 0 ? $"HTTP {reply.Code}: {clean}" : $"HTTP {reply.Code} without a word";
    }

    private static string Start(ApiReply reply) => reply.IsJson ? "no error in a known form" : Encoding.UTF8.GetString(reply.Body.AsSpan(0, Math.Min(reply.Body.Length, 4096)));
}
