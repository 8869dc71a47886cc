using Kinora.Adapters.Fetch;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Fetch;

public sealed class CallerUrlTests
{
    private static readonly FetchOptions _options = new();
    private static readonly Uri _from = new("https://public.test/a/b?c");

    [Theory]
    [InlineData("/x.png", "https://public.test/x.png")]
    [InlineData("x.png", "https://public.test/a/x.png")]
    [InlineData("../x.png", "https://public.test/x.png")]
    [InlineData("?to=http://other.test/", "https://public.test/a/b?to=http://other.test/")]
    [InlineData("x/y:z", "https://public.test/a/x/y:z")]
    [InlineData("//other.test/x", "https://other.test/x")]
    [InlineData("http://other.test/x", "http://other.test/x")]
    [InlineData("HTTPS://other.test:443/x#y", "https://other.test/x#y")]
    [InlineData("", null)]
    [InlineData("http:x", null)]
    [InlineData("//other.test:8080/x", null)]
    [InlineData("\\\\other.test\\x", null)]
    [InlineData("//user@other.test/x", null)]
    [InlineData("javascript:alert(1)", null)]
    public void Follow_ReadsWhereARedirectLeads(string location, string? expected) =>
        (CallerUrl.Follow(_from, location, _options)?.AbsoluteUri).ShouldBe(expected);

    [Fact]
    public void AnyText_IsReadOrRefused_WithoutAFault()
    {
        string[] parts =
        [
            "http://", "https://", "a", "xn--", "xn--a", ".", "..", ":", "80", "@", "[", "]", "::1", "%", "%00", "/", "//", "?", "#", "-", "_", "\u00fc", "\u00df", "\u3002", "\u2460",
            "\u0661", "\ufb01", "\u200d", "\ud83d\ude00", "\ud800", "127.0.0.1", "0x7f", "test", new string('a', 64), "\u0130", "\u05d0", "\u0301",
        ];
        var random = new Random(7);
        for (var n = 0; n < 50_000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => parts[random.Next(parts.Length)]));

            foreach (var url in new[] { CallerUrl.Read(text, _options), CallerUrl.Read("http://" + text, _options), CallerUrl.Follow(_from, text, _options) })
            {
                // Whatever was taken is a plain host in ASCII.
                url?.IdnHost.ShouldMatch(@"^([A-Za-z0-9._-]+|[0-9a-f:.]+)$", text);
            }
        }
    }
}
