using Kinora.Adapters.Secrets;
using Kinora.Configuration;
using Kinora.Jobs;
using Kinora.Secrets;
using Kinora.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Kinora.Adapters.Webhooks;

internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services, WebhookOptions options, DataFolder data, ICollection<string> faults)
    {
        WebhookSender.Rules(options).Check(faults, "Webhooks");
        var present = Key("EncryptionKey", options.EncryptionKey, faults);
        var previous = Key("PreviousEncryptionKey", options.PreviousEncryptionKey, faults);
        return services
            .AddSingleton(options)
            .AddSingleton<ISecretBox>(s => new AesSecretBox(new SecretKeyFile(data.SecretKey, s.GetRequiredService<IRandomBytes>(), s.GetRequiredService<IKeyFiles>()), present, previous))
            .AddSingleton<IWebhookSender>(s => new WebhookSender(options, s.GetRequiredService<TimeProvider>()));
    }

    private static byte[]? Key(string setting, string text, ICollection<string> faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var key = SecretKey.Parse(text);
        if (key is null)
        {
            faults.Add($"Webhooks:{setting}: 32 random bytes in base64 are expected, as `openssl rand -base64 32` makes them.");
        }

        return key;
    }
}
