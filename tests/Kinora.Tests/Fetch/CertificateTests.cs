using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kinora.Adapters.Fetch;
using Kinora.Errors;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Fetch;

/// <summary>
/// A certificate says where its issuer's certificate lies (RFC 5280, 4.2.2.1), and the runtime goes there by itself: a way round every check of addresses.
/// </summary>
public sealed class CertificateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_CertificateThatNamesAPrivateAddress_NobodyGoesThere()
    {
        using var canary = new Canary();
        await using var server = await StartAsync(canary.Port);
        var port = new Uri(server.Urls.First()).Port;
        using var fetcher = new UrlFetcher(
            new FetchOptions { Ports = port.ToString(CultureInfo.InvariantCulture) },
            TimeProvider.System,
            address => address.Equals(FetchScene.Public),
            (_, _) => Task.FromResult<IPAddress[]>([FetchScene.Public]));

        var fault = await Should.ThrowAsync<KinoraException>(
            () => fetcher.FetchAsync($"https://public.test:{port}/", "never-written", 10, Cancel));

        fault.Code.ShouldBe(ErrorCodes.UrlFailed);
        (await canary.CountAsync(Cancel)).ShouldBe(0);

        // The control: left to itself, the runtime connects.
        using var plain = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { TargetHost = "public.test" } }) { Timeout = TimeSpan.FromSeconds(2) };
        await Should.ThrowAsync<Exception>(() => plain.GetAsync(new Uri($"https://{FetchScene.Public}:{port}/"), Cancel));
        (await canary.CountAsync(Cancel)).ShouldBeGreaterThan(0);
    }

    private static async Task<WebApplication> StartAsync(int canaryPort)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        // Offline: a server, too, would look for the issuer of its own certificate.
        var identity = new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(Certificate(canaryPort), null, offline: true) };
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            FetchScene.Public, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(identity) })));
        var server = builder.Build();
        server.Run(context => context.Response.WriteAsync("picture"));
        await server.StartAsync();
        return server;
    }

    /// <summary>Signed by an authority that only the named address could give.</summary>
    private static X509Certificate2 Certificate(int canaryPort)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new CertificateRequest("CN=issuer.test", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authority = issuer.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=public.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("public.test");
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [$"http://127.0.0.1:{canaryPort}/issuer.cer"]));
        using var signed = leaf.Create(authority, from, to, [1, 2, 3]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
