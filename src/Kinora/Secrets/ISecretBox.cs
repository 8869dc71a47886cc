namespace Kinora.Secrets;

/// <summary>
/// Keeps secrets that must be read again, so that a copy of the database alone tells none of them. Safe for many threads; every process of one data folder,
/// or with the same key in its settings, opens what another has sealed.
/// </summary>
public interface ISecretBox
{
    /// <summary>Encrypts a secret, with other bytes every time.</summary>
    /// <param name="purpose">What it belongs to, e.g. an id. Only the same opens it: a row copied over another's gains nothing.</param>
    /// <returns>Text for the database.</returns>
    /// <exception cref="Errors.KinoraException"><c>configuration_invalid</c>: there is no usable key, and none can be made.</exception>
    string Seal(string secret, string purpose);

    /// <summary>Reads a secret back, also one sealed with the key before.</summary>
    /// <exception cref="Errors.KinoraException"><c>configuration_invalid</c>: none of the keys fits, or it was changed or belongs to something else.</exception>
    string Open(string box, string purpose);
}
