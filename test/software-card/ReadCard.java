import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import net.sf.scuba.smartcards.CardService;
import net.sf.scuba.smartcards.CardServiceException;
import net.sf.scuba.smartcards.CommandAPDU;
import net.sf.scuba.smartcards.ResponseAPDU;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jmrtd.AccessKeySpec;
import org.jmrtd.BACKey;
import org.jmrtd.PACEKeySpec;
import org.jmrtd.PassportService;
import org.jmrtd.lds.CardAccessFile;
import org.jmrtd.lds.ChipAuthenticationInfo;
import org.jmrtd.lds.ChipAuthenticationPublicKeyInfo;
import org.jmrtd.lds.PACEInfo;
import org.jmrtd.lds.SODFile;
import org.jmrtd.lds.icao.DG14File;
import org.jmrtd.lds.icao.DG15File;
import org.jmrtd.lds.icao.DG1File;
import org.jmrtd.lds.icao.DG2File;
import org.jmrtd.protocol.PACECAMResult;
import org.jmrtd.protocol.PACEGMMappingResult;

/** Reads cards of software with JMRTD: ReadCard PORT WAY…, where WAY is `bac`, or the last numbers of a PACE protocol. */
class ReadCard {
  static class Line extends CardService {
    private static final long serialVersionUID = 1L;
    private final transient DataInputStream in;
    private final transient DataOutputStream out;

    Line(int port) throws Exception {
      Socket socket = new Socket("127.0.0.1", port);
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
    }

    public void open() {}
    public boolean isOpen() { return true; }
    public byte[] getATR() { return new byte[0]; }
    public void close() {}
    public boolean isConnectionLost(Exception error) { return true; }

    public ResponseAPDU transmit(CommandAPDU command) throws CardServiceException {
      try {
        byte[] bytes = command.getBytes();
        out.writeShort(bytes.length);
        out.write(bytes);
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        return new ResponseAPDU(answer);
      } catch (java.io.IOException error) {
        throw new CardServiceException("the line broke", error);
      }
    }
  }

  static void say(String what, Object value) { System.out.println(what + "=" + value); }

  static org.bouncycastle.math.ec.ECPoint pointOf(PublicKey key) {
    java.security.spec.ECPoint point = ((java.security.interfaces.ECPublicKey) key).getW();
    var curve = org.bouncycastle.jce.ECNamedCurveTable.getParameterSpec("prime256v1").getCurve();
    return curve.createPoint(point.getAffineX(), point.getAffineY());
  }

  /** JMRTD 0.7.42 deciphers the first block from a constant where ICAO 9303-11 has that constant enciphered. */
  static BigInteger chipData(PACECAMResult proof) throws Exception {
    byte[] start = new byte[16];
    Arrays.fill(start, (byte) 0xff);
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, proof.getWrapper().getEncryptionKey());
    byte[] enciphered = cipher.doFinal(start);
    byte[] data = proof.getChipAuthenticationData().clone();
    for (int at = 0; at < 16; at++) data[at] ^= start[at] ^ enciphered[at];
    return new BigInteger(1, data);
  }

  public static void main(String[] given) throws Exception {
    Security.insertProviderAt(new BouncyCastleProvider(), 1);
    for (String way : Arrays.copyOfRange(given, 1, given.length)) read(Integer.parseInt(given[0]), way);
  }

  static void read(int port, String wanted) throws Exception {
    say("way", wanted);
    PassportService chip = new PassportService(new Line(port), 256, 224, false, true);
    BACKey zone = new BACKey("205001234", "050315", "300315");
    PACECAMResult proof = null;
    if (wanted.equals("bac")) {
      chip.sendSelectApplet(false);
      chip.doBAC((AccessKeySpec) zone);
    } else {
      CardAccessFile access = new CardAccessFile(chip.getInputStream(PassportService.EF_CARD_ACCESS, 256));
      PACEInfo way = access.getSecurityInfos().stream().filter(info -> info instanceof PACEInfo)
        .map(info -> (PACEInfo) info).filter(info -> info.getObjectIdentifier().endsWith(wanted)).findFirst().get();
      AccessKeySpec key = wanted.startsWith(".6") ? PACEKeySpec.createCANKey("500540") : PACEKeySpec.createMRZKey(zone);
      BigInteger id = way.getParameterId();
      var result = chip.doPACE(key, way.getObjectIdentifier(), PACEInfo.toParameterSpec(id), id);
      say("mapping", result.getMappingType());
      if (result instanceof PACECAMResult) proof = (PACECAMResult) result;
      chip.sendSelectApplet(true);
    }

    byte[] zoneFile = chip.getInputStream(PassportService.EF_DG1, 256).readAllBytes();
    SODFile signed = new SODFile(chip.getInputStream(PassportService.EF_SOD, 256));
    byte[] faceFile = chip.getInputStream(PassportService.EF_DG2, 256).readAllBytes();
    Map<Integer, byte[]> digests = signed.getDataGroupHashes();
    MessageDigest digest = MessageDigest.getInstance(signed.getDigestAlgorithm());
    say("DG1", Arrays.equals(digest.digest(zoneFile), digests.get(1)));
    say("DG2", Arrays.equals(digest.digest(faceFile), digests.get(2)));
    say("number", new DG1File(new java.io.ByteArrayInputStream(zoneFile)).getMRZInfo().getDocumentNumber());
    say("faces", new DG2File(new java.io.ByteArrayInputStream(faceFile)).getFaceInfos().size());

    PublicKey active = new DG15File(chip.getInputStream(PassportService.EF_DG15, 256)).getPublicKey();
    byte[] challenge = new byte[8];
    new java.security.SecureRandom().nextBytes(challenge);
    byte[] answer = chip.doAA(active, "SHA-256", "SHA256withPLAIN-ECDSA", challenge).getResponse();
    Signature check = Signature.getInstance("SHA256withPLAIN-ECDSA");
    check.initVerify(active);
    check.update(challenge);
    say("active", check.verify(answer));

    DG14File group = new DG14File(chip.getInputStream(PassportService.EF_DG14, 256));
    ChipAuthenticationInfo how = group.getChipAuthenticationInfos().get(0);
    ChipAuthenticationPublicKeyInfo own = group.getChipAuthenticationPublicKeyInfos().get(0);
    if (proof != null) {
      PublicKey mapped = ((PACEGMMappingResult) proof.getMappingResult()).getPICCMappingPublicKey();
      say("proof", pointOf(own.getSubjectPublicKey()).multiply(chipData(proof)).equals(pointOf(mapped)));
    }
    chip.doEACCA(own.getKeyId(), how.getObjectIdentifier(), own.getObjectIdentifier(), own.getSubjectPublicKey());
    say("chip", chip.getInputStream(PassportService.EF_COM, 256).readAllBytes().length > 0);
  }
}
